import { parseAccessDenied } from "#iam";
import { awsErrorCode, RootAccessError } from "#root-access";

/** Whether a call failed because a bucket's or queue's own policy denies it explicitly. */
export function isDeniedByResourcePolicy(error: unknown): boolean {
  if (!(error instanceof RootAccessError) || error.failure.aws === undefined) return false;
  const denial = parseAccessDenied(error.failure.aws.message);
  return denial?.kind === "explicit" && denial.policyType === "resource-based policy";
}

/** Whether a call failed because its bucket or queue does not exist (any more). */
export function isGone(error: unknown): boolean {
  return goneCodes.has(awsErrorCode(error) ?? "");
}

const goneCodes = new Set(["NoSuchBucket", "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"]);
