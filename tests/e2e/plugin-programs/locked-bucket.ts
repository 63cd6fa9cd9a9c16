import * as aws from "@pulumi/aws";
import { denyAllBucketPolicy } from "#iam";

/** The obvious way to lock a bucket, which does not work: the policy cannot be read back. */
export function lockedBucket(): Record<string, unknown> {
  const provider = new aws.Provider("member", { profile: "orders", region: "ap-northeast-2" });
  const bucket = new aws.s3.Bucket("bucket", { bucket: "obviously-locked" }, { provider });
  const policy = new aws.s3.BucketPolicy(
    "lock",
    { bucket: bucket.bucket, policy: bucket.bucket.apply((name) => JSON.stringify(denyAllBucketPolicy(name))) },
    { provider },
  );
  return { bucket: bucket.bucket, policy: policy.id };
}
