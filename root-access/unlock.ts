import type { AwsAccess } from "./aws-access.ts";
import { type CallerIdentity, identifyPossibleCaller } from "./caller.ts";
import { keepPolicyBackup, policyHash, prepareBackupFolder } from "./policy-backup.ts";
import { waitFor } from "./poll.ts";
import { policyOf, unlockTask } from "./policy-of.ts";
import type { RecordedChange, RecordedReason, RunResult } from "./records/record-line.ts";
import { recordedRun, type RunningRecord } from "./records/recorded-run.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import { RootAccessError } from "./root-access-error.ts";
import { confirmRootIdentity, openRootSession, type RootSession } from "./root-session.ts";
import type { BucketTarget, QueueTarget, Target } from "./target.ts";
import { planUnlock, type UnlockPlan, type UnlockStrategy } from "./unlock-plan.ts";

export interface UnlockRequest<Locked extends Target> {
  readonly target: Locked;
  /** Who may open root sessions: the management account or the delegated administrator. */
  readonly breakGlass: AwsAccess;
  /** See `defaultBackupFolder`. */
  readonly backupFolder: string;
  /** See `localFolder`. */
  readonly recordFolder: string;
  /** For the record: why the glass is broken. */
  readonly why?: RecordedReason;
  /** Default `strip`. */
  readonly strategy?: UnlockStrategy;
  /** Reads and plans; sends no write and keeps no backup. Default false. */
  readonly dryRun?: boolean;
  /** Asked once the backup is on disk, before the one write; `false` ends the walk. Default: nobody is asked. */
  readonly confirm?: (proposal: UnlockProposal) => Promise<boolean>;
  /** How long the change may take to show; AWS takes up to 60 s for a queue. Default 120 s. */
  readonly deadlineMilliseconds?: number;
  /** Called as each step begins and ends, for a progress display. */
  readonly onStep?: (step: UnlockStep, state: "started" | "done", milliseconds: number) => void;
  /** Told in a sentence what did not work and yet does not change the result. */
  readonly onNote?: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface UnlockProposal {
  readonly plan: UnlockPlan;
  /** The policy as it is. */
  readonly policyText: string;
  readonly backup: string;
}

export type UnlockStep =
  | "caller identified"
  | "backup folder ready"
  | "root session opened"
  | "session is the member's root"
  | "policy read"
  | "policy backed up"
  | "lock removed"
  | "unlock confirmed";

export interface UnlockResult {
  /**
   * `already-unlocked`: there was no policy; `not-locked`: there is one, and it locks nobody out; `would-unlock`: a dry run
   * found what there is to change. With these three nothing was written, neither to AWS nor to disk.
   */
  readonly outcome: "unlocked" | "already-unlocked" | "not-locked" | "would-unlock";
  readonly target: Target;
  readonly region: string;
  /** Who opened the root session. */
  readonly caller: CallerIdentity;
  /** ARN that AWS gave for the session. */
  readonly rootIdentity: string;
  /** Absent where there was no policy. */
  readonly plan?: UnlockPlan;
  /** File that holds the policy as it was. */
  readonly backup?: string;
  readonly steps: readonly { readonly step: UnlockStep; readonly milliseconds: number }[];
}

/**
 * Removes what locks a bucket through a root session for S3UnlockBucketPolicy, after a backup.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 2 and 5.
 *
 * @throws RootAccessError saying at which resource it stopped and whether anything has been changed
 * @example await unlockBucket({ target, breakGlass, backupFolder: defaultBackupFolder() })
 */
export function unlockBucket(request: UnlockRequest<BucketTarget>): Promise<UnlockResult> {
  return unlock(request);
}

/** The same for a queue, by SQSUnlockQueuePolicy. AWS facts: docs/aws-behaviour.md, sections 1, 2 and 6. */
export function unlockQueue(request: UnlockRequest<QueueTarget>): Promise<UnlockResult> {
  return unlock(request);
}

/** The walk, recorded, for whichever of the two. */
export function unlock(request: UnlockRequest<Target>): Promise<UnlockResult> {
  const { target, recordFolder, why, strategy = "strip", dryRun, onNote } = request;
  const what = {
    verb: target.kind === "bucket" ? "unlock s3" : "unlock sqs",
    account: target.accountId,
    resource: target.arn,
    task: unlockTask(target),
    strategy,
    ...(dryRun ? { dryRun } : {}),
  };
  return recordedRun({ folder: recordFolder, what, why, resultOf, onNote }, (record) => walkThrough(request, record));
}

function resultOf({ outcome }: UnlockResult): RunResult {
  const done = outcome === "unlocked" || outcome === "would-unlock";
  return { is: done ? "done" : "nothing to do", sentence: outcome };
}

/** Whatever can fail before the glass is broken stands before it; one write; backup and consent before that. */
async function walkThrough(request: UnlockRequest<Target>, record: RunningRecord): Promise<UnlockResult> {
  const { target, backupFolder, signal } = request;
  const breakGlass = record.noting(request.breakGlass);
  const steps: { step: UnlockStep; milliseconds: number }[] = [];
  const walk = async <Value>(step: UnlockStep, effect: string, take: () => Promise<Value>): Promise<Value> => {
    const started = performance.now();
    request.onStep?.(step, "started", 0);
    const value = await telling(effect, take);
    const milliseconds = performance.now() - started;
    steps.push({ step, milliseconds });
    request.onStep?.(step, "done", milliseconds);
    return value;
  };

  const caller = await walk("caller identified", unchanged, () => identifyPossibleCaller(breakGlass, signal));
  await walk("backup folder ready", unchanged, () => prepareBackupFolder(backupFolder));
  await record.begin(caller);
  const session = await walk("root session opened", unchanged, () => openSession(breakGlass, target, signal));
  record.sourceIdentity(session.sourceIdentity);
  const asRoot = record.noting(session.access(breakGlass.region));
  const rootIdentity = await walk("session is the member's root", unchanged, () =>
    confirmRootIdentity(asRoot, target.accountId, signal),
  );
  const { policy, text } = await walk("policy read", unchanged, () => readPolicy(asRoot, target, signal));
  const known = { target, region: policy.region, caller, rootIdentity, steps };
  if (text === undefined) return { outcome: "already-unlocked", ...known };
  const plan = planUnlock(target, text, request.strategy ?? "strip");
  if (plan.change.kind === "leave") return { outcome: "not-locked", plan, ...known };
  if (request.dryRun) return { outcome: "would-unlock", plan, ...known };

  const backup = await walk("policy backed up", unchanged, () =>
    keepPolicyBackup(backupFolder, {
      kind: target.kind,
      resource: target.arn,
      accountId: target.accountId,
      region: policy.region,
      takenAt: new Date().toISOString(),
      caller: caller.arn,
      policy: text,
    }),
  );
  await agree(request, { plan, policyText: text, backup });
  await record.changing(recordedChange(plan, text, backup));
  await walk("lock removed", `The policy may or may not have been changed; its backup is ${backup}.`, () =>
    change(policy, plan),
  );
  await walk("unlock confirmed", `AWS accepted the change; the backup of the policy is ${backup}.`, () =>
    confirmUnlock(policy, plan, request),
  );
  return { outcome: "unlocked", plan, ...known, backup };
}

const unchanged = "Nothing has been changed.";

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

async function agree({ confirm, target }: UnlockRequest<Target>, proposal: UnlockProposal): Promise<void> {
  if (confirm === undefined || (await confirm(proposal))) return;
  const what = `The unlock of ${target.arn} was not confirmed.`;
  throw new RootAccessError({ reason: "cancelled", what, effect: unchanged });
}

function recordedChange({ change }: UnlockPlan, policyText: string, backup: string): RecordedChange {
  const after = change.kind === "put" ? { policyAfter: policyHash(change.policyText) } : {};
  return { policyBefore: policyHash(policyText), ...after, backup };
}

function change(policy: ResourcePolicy, { change }: UnlockPlan): Promise<void> {
  return change.kind === "put" ? policy.put(change.policyText) : policy.remove();
}

/** AWS may write a policy that it keeps in its own way, so it is not compared: what counts is that it locks nobody out. */
async function confirmUnlock(
  policy: ResourcePolicy,
  { change, strategy }: UnlockPlan,
  request: UnlockRequest<Target>,
): Promise<void> {
  const { target, deadlineMilliseconds = 120_000, signal } = request;
  const isDone = (text: string | undefined): boolean =>
    change.kind === "put"
      ? text !== undefined && planUnlock(target, text, strategy).change.kind === "leave"
      : text === undefined;
  const expected = change.kind === "put" ? "let its administrators in" : "be gone";
  await waitFor({
    waitingFor: `the policy of ${target.kind} ${target.name} to ${expected}`,
    look: async () => (isDone(await policy.read()) ? { found: true } : { instead: "the policy is still as it was" }),
    deadlineMilliseconds,
    signal,
  });
}

/** Says with every failure what it means for the resource at this point of the walk. What AWS denied did not happen. */
async function telling<Value>(effect: string, take: () => Promise<Value>): Promise<Value> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    throw error.withEffect(error.reason === "not-authorized" ? unchanged : effect);
  }
}
