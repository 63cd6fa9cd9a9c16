import type { S3Client } from "@aws-sdk/client-s3";
import { parseAccessDenied } from "#iam";
import type { AwsAccess } from "../aws/aws-access.ts";
import { endedBy, s3Client } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { patientWith } from "../aws/patience.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { BucketTarget } from "./target.ts";

/** The bucket's policy as `access` reaches it, in the bucket's own Region. */
export async function bucketPolicy(
  access: AwsAccess,
  target: BucketTarget,
  signal?: AbortSignal,
): Promise<ResourcePolicy> {
  const region = target.region ?? (await regionOfBucket(access, target, signal));
  const { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } =
    await import("@aws-sdk/client-s3");
  const s3 = await s3Client({ ...access, region }, patientWith(signal));
  const Bucket = target.name;
  return {
    region,
    read: () =>
      unlessThereIsNone(
        namingItsRegion(
          callAws({ doing: `read the policy of bucket ${Bucket}` }, async () => {
            const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }), endedBy(signal));
            return Policy;
          }),
          () => regionOfBucket(access, target, signal),
        ),
      ),
    put: (Policy) =>
      advisingOnPublicAccess(
        callAws({ doing: `put the policy of bucket ${Bucket}` }, async () => {
          const command = new PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess: true });
          await s3.send(command, endedBy(signal));
        }),
      ),
    remove: () =>
      callAws({ doing: `delete the policy of bucket ${Bucket}` }, async () => {
        await s3.send(new DeleteBucketPolicyCommand({ Bucket }), endedBy(signal));
      }),
  };
}

/** S3 answers PermanentRedirect where the Region that was given is not the bucket's; which it is, the account's list says. */
async function namingItsRegion<Value>(reading: Promise<Value>, region: () => Promise<string>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof RootAccessError) || awsErrorCode(error) !== "PermanentRedirect") throw error;
    const found = await region().catch(() => undefined);
    if (found === undefined) throw error;
    throw new RootAccessError({
      ...error.failure,
      reason: "usage",
      next: `It is in ${found}: give --region ${found}.`,
    });
  }
}

/** S3 Block Public Access refuses without naming a policy, in some answers without any reason (docs/aws-behaviour.md, section 5). */
async function advisingOnPublicAccess(put: Promise<void>): Promise<void> {
  try {
    await put;
  } catch (error) {
    if (!(error instanceof RootAccessError) || error.reason !== "not-authorized") throw error;
    if (parseAccessDenied(error.failure.aws?.message ?? "")?.policyType !== undefined) throw error;
    const next =
      "If the policy lets everybody in, S3 Block Public Access forbids it: narrow its principals and put it with --policy " +
      "FILE, delete the whole policy with --strategy delete, or have an administrator of the account allow public policies " +
      "for this bucket first.";
    throw new RootAccessError({ ...error.failure, next });
  }
}

/** The task policy leaves neither HeadBucket nor GetBucketLocation; ListBuckets says it (docs/aws-behaviour.md, section 2). */
async function regionOfBucket(access: AwsAccess, target: BucketTarget, signal?: AbortSignal): Promise<string> {
  const found = await callAws({ doing: `find the Region of bucket ${target.name}` }, async () =>
    findBucket(await s3Client(access, patientWith(signal)), target.name, signal),
  );
  if (found !== undefined) return found;
  throw new RootAccessError({
    reason: "aws-failed",
    what: `Account ${target.accountId} has no bucket ${target.name}.`,
    effect: "Nothing has been changed.",
    next: "Check the bucket's name and the account that owns it.",
  });
}

async function findBucket(s3: S3Client, name: string, signal?: AbortSignal): Promise<string | undefined> {
  const { ListBucketsCommand } = await import("@aws-sdk/client-s3");
  let from: string | undefined;
  do {
    const more = from === undefined ? {} : { ContinuationToken: from };
    const page = await s3.send(new ListBucketsCommand({ Prefix: name, MaxBuckets: 1000, ...more }), endedBy(signal));
    const bucket = page.Buckets?.find(({ Name }) => Name === name);
    if (bucket !== undefined) return bucket.BucketRegion;
    from = page.ContinuationToken;
  } while (from !== undefined);
  return undefined;
}

async function unlessThereIsNone(policy: Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await policy;
  } catch (error) {
    if (awsErrorCode(error) === "NoSuchBucketPolicy") return undefined;
    throw error;
  }
}
