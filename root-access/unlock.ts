import type { AwsAccess } from "./aws-access.ts";
import { type CallerIdentity, identifyPossibleCaller } from "./caller.ts";
import { keepPolicyBackup, prepareBackupFolder } from "./policy-backup.ts";
import { waitFor } from "./poll.ts";
import { policyOf, unlockTask } from "./policy-of.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import { RootAccessError } from "./root-access-error.ts";
import { confirmRootIdentity, openRootSession, type RootSession } from "./root-session.ts";
import type { BucketTarget, QueueTarget, Target } from "./target.ts";

export interface UnlockRequest<Locked extends Target> {
  readonly target: Locked;
  /** Who may open root sessions: the management account or the delegated administrator. */
  readonly breakGlass: AwsAccess;
  /** See `defaultBackupFolder`. */
  readonly backupFolder: string;
  /** How long the removal may take to show; AWS takes up to 60 s for a queue. Default 120 s. */
  readonly deadlineMilliseconds?: number;
  /** Called as each step begins and ends, for a progress display. */
  readonly onStep?: (step: UnlockStep, state: "started" | "done", milliseconds: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export type UnlockStep =
  | "caller identified"
  | "backup folder ready"
  | "root session opened"
  | "session is the member's root"
  | "policy read"
  | "policy backed up"
  | "policy removed"
  | "removal confirmed";

export interface UnlockResult {
  /** `already-unlocked`: there was no policy, and nothing was written, neither to AWS nor to disk. */
  readonly outcome: "unlocked" | "already-unlocked";
  readonly target: Target;
  readonly region: string;
  /** Who opened the root session. */
  readonly caller: CallerIdentity;
  /** ARN that AWS gave for the session. */
  readonly rootIdentity: string;
  /** File that holds the removed policy. */
  readonly backup?: string;
  readonly steps: readonly { readonly step: UnlockStep; readonly milliseconds: number }[];
}

/**
 * Removes a bucket's policy through a root session for S3UnlockBucketPolicy, after a backup.
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

/** The walk. Whatever can fail before the glass is broken stands before it; one write; the backup before that. */
export async function unlock(request: UnlockRequest<Target>): Promise<UnlockResult> {
  const { target, breakGlass, backupFolder, signal } = request;
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
  const session = await walk("root session opened", unchanged, () => openSession(breakGlass, target, signal));
  const rootIdentity = await walk("session is the member's root", unchanged, () =>
    confirmRootIdentity(session, breakGlass.region, signal),
  );
  const { policy, text } = await walk("policy read", unchanged, () =>
    readPolicy(session.access(breakGlass.region), target, signal),
  );
  const known = { target, region: policy.region, caller, rootIdentity, steps };
  if (text === undefined) return { outcome: "already-unlocked", ...known };

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
  await walk("policy removed", `The policy may or may not be gone; its backup is ${backup}.`, () => policy.remove());
  await walk("removal confirmed", `AWS accepted the removal; the policy's backup is ${backup}.`, () =>
    confirmRemoval(policy, request),
  );
  return { outcome: "unlocked", ...known, backup };
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

async function confirmRemoval(policy: ResourcePolicy, request: UnlockRequest<Target>): Promise<void> {
  const { target, deadlineMilliseconds = 120_000, signal } = request;
  await waitFor({
    waitingFor: `the policy of ${target.kind} ${target.name} to be gone`,
    look: async () =>
      (await policy.read()) === undefined ? { found: true } : { instead: "the policy is still there" },
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
