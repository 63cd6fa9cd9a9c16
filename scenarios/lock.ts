import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  type AwsAccess,
  openRootSession,
  parseBucketTarget,
  parseQueueTarget,
  policyOf,
  type ResourcePolicy,
  RootAccessError,
  type Target,
  unlockTask,
} from "#root-access";
import { partiesOf, unlockCommand } from "./drill.ts";
import { isDeniedByResourcePolicy, isGone } from "./answers.ts";
import { liftLock } from "./lift-lock.ts";

const schema = z.object({
  kind: z.enum(["bucket", "queue"]),
  arn: z.string(),
  accountId: z.string(),
  region: z.string(),
  /** JSON text of the policy that locks. */
  policy: z.string(),
  profile: z.string().optional(),
  breakGlassProfile: z.string(),
});

/** What a lock is asked for, and all that its state holds: names, and no credentials. */
export type Lock = z.infer<typeof schema>;

/**
 * Puts the lock as the ordinary principal and does not read it back: nobody but a root session could.
 *
 * First a root session reads the policy that is there. So nothing gets locked that could not be unlocked again, and a lock
 * that an interrupted run has already put is taken for what it is.
 *
 * AWS facts: docs/aws-behaviour.md, sections 5 and 6.
 *
 * @throws RootAccessError when no root session can be had, or when the resource has a policy of its own
 */
export async function createLock(inputs: unknown): Promise<{ id: string; outs: Lock }> {
  const lock = schema.parse(inputs);
  const created = { id: lock.arn, outs: lock };
  const target = targetOf(lock);
  const { owner, breakGlass } = partiesOf(lock);
  const asRoot = await policyAsRoot(target, breakGlass);
  const present = await asRoot.read();
  if (isLock(lock, present)) return created;
  if (present !== undefined) throw hasItsOwnPolicy(target);
  const asOwner = await policyOf(owner, target);
  try {
    await asOwner.put(lock.policy);
  } catch (error) {
    if (!isLock(lock, await asRoot.read())) throw error;
  }
  return created;
}

/**
 * Compares what was asked for then and now; what is there does not matter, so an unlock from outside stays. Another
 * resource or another policy is another lock, lifted before the new one is put; other profiles are just noted.
 */
export function diffLock(
  olds: unknown,
  news: unknown,
): { changes: boolean; replaces: string[]; deleteBeforeReplace: true } {
  const [before, after] = [schema.parse(olds), schema.parse(news)];
  const replaces = (["kind", "arn", "accountId", "region", "policy"] as const).filter(
    (key) => before[key] !== after[key],
  );
  return { changes: !isDeepStrictEqual(before, after), replaces, deleteBeforeReplace: true };
}

/** @returns the state after a change that touches nothing in AWS */
export function updateLock(news: unknown): { outs: Lock } {
  return { outs: schema.parse(news) };
}

/**
 * Lifts the lock through AssumeRoot and waits until the ordinary principal gets in again, so that what comes next in a
 * destroy can delete. A lock, bucket or queue that is already gone is fine.
 *
 * @throws RootAccessError saying which command lifts the lock by hand
 */
export async function deleteLock(state: unknown): Promise<void> {
  const lock = schema.parse(state);
  const target = targetOf(lock);
  const parties = partiesOf(lock);
  if (await isLifted(lock, target, parties.owner)) return;
  try {
    await liftLock(target, parties);
  } catch (error) {
    if (isGone(error)) return;
    throw error instanceof RootAccessError ? notLifted(error, lock, target) : error;
  }
}

function targetOf({ kind, arn, accountId, region }: Lock): Target {
  return kind === "bucket"
    ? parseBucketTarget(arn, { accountId, region })
    : parseQueueTarget(arn, { accountId, region });
}

async function policyAsRoot(target: Target, breakGlass: AwsAccess): Promise<ResourcePolicy> {
  const session = await openRootSession({ ...breakGlass, accountId: target.accountId, task: unlockTask(target) });
  return policyOf(session.access(breakGlass.region), target);
}

/**
 * Lifted is a resource that the ordinary principal may look into and that has another policy, or none; or that is gone.
 * Somebody's corrected policy is theirs and stays.
 */
async function isLifted(lock: Lock, target: Target, owner: AwsAccess): Promise<boolean> {
  try {
    return !isLock(lock, await (await policyOf(owner, target)).read());
  } catch (error) {
    if (isGone(error)) return true;
    if (isDeniedByResourcePolicy(error)) return false;
    throw error;
  }
}

/** AWS gives a policy back as it was put, give or take its white space. */
function isLock(lock: Lock, policy: string | undefined): boolean {
  return policy !== undefined && isDeepStrictEqual(JSON.parse(policy), JSON.parse(lock.policy));
}

function hasItsOwnPolicy({ kind, name }: Target): RootAccessError {
  return new RootAccessError({
    reason: "refused",
    what: `The ${kind} ${name} already has a policy, which the lock would replace.`,
    effect: "Nothing has been changed.",
    next: "Remove that policy, or leave this resource out of the drill.",
  });
}

function notLifted({ failure }: RootAccessError, lock: Lock, target: Target): RootAccessError {
  const command = unlockCommand(target, { ...lock, accountId: target.accountId });
  const error = new RootAccessError({
    ...failure,
    what: `The lock on ${target.kind} ${target.name} could not be lifted. ${failure.what}`,
    next: `${failure.next ?? ""} Then run pulumi destroy again, or lift the lock by hand first: ${command}`.trim(),
  });
  // The engine's dynamic provider prints the stack of what a deletion throws beside the sentence; this one is for people.
  error.stack = "";
  return error;
}
