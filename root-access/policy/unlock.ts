import { changePolicy, type PolicyChangeRequest, type PolicyChangeResult } from "./policy-change.ts";
import type { BucketTarget, QueueTarget, Target } from "./target.ts";
import { planUnlock, type UnlockStrategy } from "./unlock-plan.ts";

export interface UnlockRequest<Locked extends Target> extends PolicyChangeRequest<Locked> {
  /** Default `strip`. */
  readonly strategy?: UnlockStrategy;
}

export interface UnlockResult extends Omit<PolicyChangeResult, "outcome"> {
  /**
   * `already-unlocked`: there was no policy; `not-locked`: there is one, and it locks nobody out; `would-unlock`: a dry run
   * found what there is to change. With these three nothing was written, neither to AWS nor to disk.
   */
  readonly outcome: "unlocked" | "already-unlocked" | "not-locked" | "would-unlock";
}

/**
 * Removes what locks a bucket through a root session for S3UnlockBucketPolicy, after a backup.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 2 and 5.
 *
 * @throws RootAccessError saying at which resource it stopped and whether anything has been changed
 * @example await unlockBucket({ target, breakGlass, backupFolder: defaultBackupFolder(), recordFolder: localFolder("records") })
 */
export function unlockBucket(request: UnlockRequest<BucketTarget>): Promise<UnlockResult> {
  return unlock(request);
}

/** The same for a queue, by SQSUnlockQueuePolicy. AWS facts: docs/aws-behaviour.md, sections 1, 2 and 6. */
export function unlockQueue(request: UnlockRequest<QueueTarget>): Promise<UnlockResult> {
  return unlock(request);
}

/** The same for whichever of the two. */
export async function unlock(request: UnlockRequest<Target>): Promise<UnlockResult> {
  const { target, strategy = "strip" } = request;
  const result = await changePolicy(request, {
    verb: "unlock",
    strategy,
    mustDo: actionsOf(target, strategy),
    plan: (policyText, known) => planUnlock(target, policyText, strategy, known),
  });
  return { ...result, outcome: outcomeOf(result) };
}

/** What `strip` writes depends on what it finds: one of both writes is enough, and which, is not known before. */
function actionsOf({ kind }: Target, strategy: UnlockStrategy): readonly string[] {
  if (kind === "queue") return ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"];
  return strategy === "delete" ? ["s3:GetBucketPolicy", "s3:DeleteBucketPolicy"] : ["s3:GetBucketPolicy"];
}

function outcomeOf({ outcome, policyText }: PolicyChangeResult): UnlockResult["outcome"] {
  switch (outcome) {
    case "changed":
      return "unlocked";
    case "would change":
      return "would-unlock";
    case "left":
      return policyText === undefined ? "already-unlocked" : "not-locked";
  }
}
