import type { TaskName } from "#iam";
import type { AwsAccess } from "../aws/aws-access.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import { queuePolicy } from "./queue-policy.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import type { Target } from "./target.ts";

/**
 * The policy of a bucket or queue as `access` reaches it.
 *
 * @throws RootAccessError when a bucket's Region is not known and `access` cannot find it
 */
export function policyOf(access: AwsAccess, target: Target, signal?: AbortSignal): Promise<ResourcePolicy> {
  return target.kind === "bucket" ? bucketPolicy(access, target, signal) : queuePolicy(access, target, signal);
}

/** The task whose root session may read and remove the target's policy. */
export function unlockTask({ kind }: Target): TaskName {
  return kind === "bucket" ? "S3UnlockBucketPolicy" : "SQSUnlockQueuePolicy";
}

/** Loads the client by which the policy will be reached, before it is needed: that takes as long as several requests. */
export async function loadPolicyClient({ kind }: Target): Promise<void> {
  await (kind === "bucket" ? import("@aws-sdk/client-s3") : import("@aws-sdk/client-sqs"));
}
