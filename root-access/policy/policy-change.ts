import type { AwsAccess } from "../aws/aws-access.ts";
import type { CallerIdentity } from "../caller.ts";
import { keepPolicyBackup, policyHash, prepareBackupFolder } from "./policy-backup.ts";
import { loadPolicyClient, policyOf, unlockTask } from "./policy-of.ts";
import type { Check } from "../preflight/check.ts";
import type { AccountPlace } from "../preflight/account-place.ts";
import { type Preflight, preflight, stopAtWhatDoesNotHold } from "../preflight/preflight.ts";
import type { RecordedChange, RecordedReason, RunResult } from "../records/record-line.ts";
import { recordedRun, type RunningRecord } from "../records/recorded-run.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import { RootAccessError } from "../root-access-error.ts";
import { confirmRootIdentity, openRootSession, type RootSession } from "../root-session.ts";
import type { Target } from "./target.ts";
import { type PolicyChangeProposal, settlePlan } from "./settled-plan.ts";
import { type Effect, nothingChanged, telling, unchanged } from "../told-effect.ts";
import type { KnownOfOwner, PolicyPlan } from "./unlock-plan.ts";
import { writePolicy } from "./write-policy.ts";
import { checkVerifier, noteWhoIsKeptOut, type Verification, verifyChange } from "./verify-change.ts";

/** A change of one resource's policy through a root session, and how it is to be made. */
export interface PolicyChangeRequest<Changed extends Target = Target> {
  readonly target: Changed;
  /** Who may open root sessions: the management account or the delegated administrator. */
  readonly breakGlass: AwsAccess;
  /** See `defaultBackupFolder`. */
  readonly backupFolder: string;
  /** See `localFolder`. */
  readonly recordFolder: string;
  /** For the record: why the glass is broken. */
  readonly why?: RecordedReason;
  /** Goes on although a check does not hold, or the policy would lock. Default false. */
  readonly force?: boolean;
  /** Reads and plans; sends no write and keeps no backup. Default false. */
  readonly dryRun?: boolean;
  /** An ordinary principal of the member account, which has to get in afterwards. Default: the root session looks. */
  readonly verifyAs?: AwsAccess;
  /** Told what is about to change, before anybody is asked, and what would change in a dry run. */
  readonly onPlan?: (proposal: PolicyChangeProposal) => void;
  /** Asked once the backup is on disk, before the one write; `false` ends the walk. Default: nobody is asked. */
  readonly confirm?: (proposal: PolicyChangeProposal) => Promise<boolean>;
  /** How long the change may take to show; AWS takes up to 60 s for a queue. Default 120 s. */
  readonly deadlineMilliseconds?: number;
  /** Called as each step begins and ends, for a progress display. */
  readonly onStep?: (step: UnlockStep, state: "started" | "done", milliseconds: number) => void;
  /** Told who the caller is, and what was found of whether they may, before a root session is opened. */
  readonly onChecked?: (checks: readonly Check[], caller: CallerIdentity) => void;
  /** Told in a sentence what did not work and yet does not change the result. */
  readonly onNote?: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export type UnlockStep =
  | "caller and target checked"
  | "backup folder ready"
  | "root session opened"
  | "session is the member's root"
  | "policy read"
  | "policy backed up"
  | "policy written"
  | "change confirmed";

/** What is to become of the policy. */
export interface PolicyChange {
  /** `unlock`, `restore`: for messages. */
  readonly verb: string;
  readonly strategy: PolicyPlan["strategy"];
  /** Actions that the root session has to be able to do. */
  readonly mustDo: readonly string[];
  /** @throws RootAccessError `refused` where it must not be made at all, before a root session is opened */
  readonly accept?: (known: KnownOfOwner) => void;
  /** @throws RootAccessError `refused` where the policy as it is must not be changed so */
  readonly plan: (policyText: string | undefined, known: KnownOfOwner) => PolicyPlan;
  /** Names of the statements that will keep the account's administrators out. Default: none. */
  readonly lockedAfter?: (known: KnownOfOwner) => readonly string[];
}

export interface PolicyChangeResult {
  /** `left`: there is nothing to change; `would change`: a dry run. With both nothing was written, neither to AWS nor to disk. */
  readonly outcome: "changed" | "left" | "would change";
  readonly target: Target;
  readonly region: string;
  /** Who opened the root session. */
  readonly caller: CallerIdentity;
  readonly checks: readonly Check[];
  /** ARN that AWS gave for the session. */
  readonly rootIdentity: string;
  readonly plan: PolicyPlan;
  /** Statements of the policy that is put which keep the account's administrators out; empty unless forced. */
  readonly lockedBy: readonly string[];
  /** The policy as it was; absent where there was none. */
  readonly policyText?: string;
  /** File that holds the policy as it was. */
  readonly backup?: string;
  /** Who has seen that the change has come into effect; absent where nothing was changed. */
  readonly verification?: Verification;
  readonly steps: readonly { readonly step: UnlockStep; readonly milliseconds: number }[];
}

/**
 * The walk that every change takes, recorded. Whatever can fail before the glass is broken stands before it; one write;
 * backup and consent before that.
 *
 * @throws RootAccessError saying at which resource it stopped and whether anything has been changed
 */
export function changePolicy(request: PolicyChangeRequest, change: PolicyChange): Promise<PolicyChangeResult> {
  const { target, recordFolder, why, dryRun, onNote } = request;
  const what = {
    verb: `${change.verb} ${target.kind === "bucket" ? "s3" : "sqs"}`,
    account: target.accountId,
    resource: target.arn,
    task: unlockTask(target),
    strategy: change.strategy,
    ...(dryRun ? { dryRun } : {}),
  };
  const resultOf = ({ outcome }: PolicyChangeResult): RunResult => results[outcome];
  return recordedRun({ folder: recordFolder, what, why, resultOf, onNote }, (record) => walk(request, change, record));
}

const results: Readonly<Record<PolicyChangeResult["outcome"], RunResult>> = {
  changed: { is: "done", sentence: "The policy has been changed, and the change has been seen." },
  left: { is: "nothing to do", sentence: "The policy has been left as it was." },
  "would change": { is: "done", sentence: "A dry run: the policy would be changed." },
};

async function walk(
  request: PolicyChangeRequest,
  change: PolicyChange,
  record: RunningRecord,
): Promise<PolicyChangeResult> {
  const { target, backupFolder, dryRun = false, signal } = request;
  const breakGlass = record.noting(request.breakGlass);
  const { steps, take } = stepsOf(request);

  const { caller, checks, known } = await take("caller and target checked", unchanged, () =>
    mayI(request, change, record),
  );
  await take("backup folder ready", unchanged, () => prepareBackupFolder(backupFolder));
  const session = await take("root session opened", unchanged, () => openSession(breakGlass, target, signal));
  record.sourceIdentity(session.sourceIdentity);
  const asRoot = record.noting(session.access(breakGlass.region));
  const rootIdentity = await take("session is the member's root", unchanged, () =>
    confirmRootIdentity(asRoot, target.accountId, signal),
  );
  const { policy, text } = await take("policy read", unchanged, () => readPolicy(asRoot, target, signal));
  const knownHere = { ...known, region: policy.region };
  const settled = await settlePlan(text, {
    planFor: (now) => change.plan(now, knownHere),
    backUp: (now) => take("policy backed up", unchanged, () => backUp(request, policy.region, caller, now)),
    tell: (proposal) => request.onPlan?.(proposal),
    agree: (proposal) => agree(request, change, proposal),
    readAgain: () => telling(unchanged, () => policy.read()),
    note: (sentence) => request.onNote?.(sentence),
    dryRun,
  });
  const lockedBy = change.lockedAfter?.(knownHere) ?? [];
  const { outcome, plan, policyText: before, backup } = settled;
  const result = { target, region: policy.region, caller, checks, rootIdentity, ...settled, lockedBy, steps };
  const verifyAs = verifierFor(request, lockedBy);
  const toVerify = { ...request, policy, plan, before, known: knownHere, verifyAs };
  if (outcome === "left") await noteWhoIsKeptOut(toVerify);
  if (outcome !== "agreed") return { ...result, outcome };

  await record.changing(recordedChange(plan, before, backup));
  await take("policy written", mayHaveChanged(backup), () => writePolicy(policy, plan));
  const verification = await take("change confirmed", hasChanged(backup), () => verifyChange(toVerify));
  return { ...result, outcome: "changed", verification };
}

function mayHaveChanged(backup: string | undefined): Effect {
  const kept = backup === undefined ? "there was none before" : `its backup is ${backup}`;
  return { failed: `The policy may or may not have been changed; ${kept}.`, denied: nothingChanged };
}

function hasChanged(backup: string | undefined): Effect {
  const kept = backup === undefined ? "there was no policy before" : `the backup of the policy is ${backup}`;
  const effect = `AWS accepted the change; ${kept}.`;
  return { failed: effect, denied: effect };
}

async function mayI(
  { target, breakGlass, verifyAs, force, onChecked, signal }: PolicyChangeRequest,
  { mustDo, accept }: PolicyChange,
  record: RunningRecord,
): Promise<Omit<Preflight, "place"> & { readonly known: KnownOfOwner }> {
  const who = { breakGlass: record.noting(breakGlass), signal };
  const found = await preflight({
    ...who,
    accountId: target.accountId,
    task: unlockTask(target),
    mustDo,
    meanwhile: () => loadPolicyClient(target),
  });
  const { caller, checks, place } = found;
  await record.begin(caller);
  onChecked?.(checks, caller);
  if (!force) stopAtWhatDoesNotHold(checks);
  const administrators = await checkVerifier(target, verifyAs, signal);
  const known = { ...inOrganization(place), region: target.region, administrators };
  accept?.(known);
  return { caller, checks, known };
}

/** Condition keys name the way to the account's parent, the account itself left out. */
function inOrganization(place: AccountPlace | undefined): KnownOfOwner {
  if (place === undefined) return {};
  const { id } = place.organization;
  return { organizationId: id, organizationPath: [id, ...place.path.slice(0, -1), ""].join("/") };
}

/** Whoever the policy keeps out cannot verify it. */
function verifierFor({ verifyAs, onNote }: PolicyChangeRequest, lockedBy: readonly string[]): AwsAccess | undefined {
  if (verifyAs === undefined || lockedBy.length === 0) return verifyAs;
  onNote?.(`${verifyAs.label} is not asked: the policy keeps it out.`);
  return undefined;
}

function openSession(access: AwsAccess, target: Target, signal?: AbortSignal): Promise<RootSession> {
  return openRootSession({ ...access, accountId: target.accountId, task: unlockTask(target), signal });
}

async function readPolicy(
  access: AwsAccess,
  target: Target,
  signal?: AbortSignal,
): Promise<{ policy: ResourcePolicy; text: string | undefined }> {
  const policy = await policyOf(access, target, signal);
  return { policy, text: await policy.read() };
}

async function backUp(
  { target, backupFolder }: PolicyChangeRequest,
  region: string,
  caller: CallerIdentity,
  policy: string | undefined,
): Promise<string | undefined> {
  if (policy === undefined) return undefined;
  const { kind, arn: resource, accountId } = target;
  const takenAt = new Date().toISOString();
  return keepPolicyBackup(backupFolder, { kind, resource, accountId, region, takenAt, caller: caller.arn, policy });
}

async function agree(
  { confirm, target }: PolicyChangeRequest,
  { verb }: PolicyChange,
  proposal: PolicyChangeProposal,
): Promise<void> {
  if (confirm === undefined || (await confirm(proposal))) return;
  const what = `The ${verb} of ${target.arn} was not confirmed.`;
  throw new RootAccessError({ reason: "cancelled", what, effect: nothingChanged });
}

function recordedChange(
  { change }: PolicyPlan,
  before: string | undefined,
  backup: string | undefined,
): RecordedChange {
  return {
    ...(before === undefined ? {} : { policyBefore: policyHash(before) }),
    ...(change.kind === "put" ? { policyAfter: policyHash(change.policyText) } : {}),
    ...(backup === undefined ? {} : { backup }),
  };
}

/** Times each step, tells of it, and says with every failure what it means for the resource at this point of the walk. */
function stepsOf({ onStep }: PolicyChangeRequest) {
  const steps: { step: UnlockStep; milliseconds: number }[] = [];
  const take = async <Value>(step: UnlockStep, effect: Effect, action: () => Promise<Value>): Promise<Value> => {
    const started = performance.now();
    onStep?.(step, "started", 0);
    const value = await telling(effect, action);
    const milliseconds = performance.now() - started;
    steps.push({ step, milliseconds });
    onStep?.(step, "done", milliseconds);
    return value;
  };
  return { steps, take };
}
