import type { S3Client } from "@aws-sdk/client-s3";
import { type AwsAccess, callAws, endedBy, parseBucketTarget, policyOf, s3Client } from "#root-access";
import type { Drill } from "../drill.ts";
import { digestOf } from "../fixtures.ts";
import { allThere, awaitAccess } from "./access.ts";
import { awaitDenial, expectDenial, tellingOfHarm } from "./denial.ts";
import type { Deadlines, ResourceProofs } from "./resource-proofs.ts";

/**
 * What has to be true of a locked bucket, and of the same bucket unlocked (docs/aws-behaviour.md, section 5).
 *
 * The calls that only read come first: where one of them gets through, the lock has a hole and the call that would remove
 * the policy is not made.
 */
export async function bucketProofs(
  drill: Drill,
  owner: AwsAccess,
  { bucketMilliseconds }: Deadlines,
  signal?: AbortSignal,
): Promise<ResourceProofs> {
  const target = parseBucketTarget(drill.bucket.name, drill);
  const policy = await policyOf(owner, target, signal);
  const s3 = await s3Client(owner);
  const expected = Object.entries(drill.bucket.objects);
  const getPolicy = { action: "s3:GetBucketPolicy", resource: target.arn, call: policy.read };
  const list = { action: "s3:ListBucket", resource: target.arn, call: () => listKeys(s3, target.name, signal) };
  const deletePolicy = { action: "s3:DeleteBucketPolicy", resource: target.arn, call: policy.remove };

  return {
    target,
    locked: [
      {
        claim: "the bucket's policy denies s3:GetBucketPolicy",
        check: () => awaitDenial(getPolicy, bucketMilliseconds, signal),
      },
      {
        claim: "the bucket's policy denies s3:ListBucket",
        check: () => awaitDenial(list, bucketMilliseconds, signal),
      },
      {
        claim: "the bucket's policy denies s3:DeleteBucketPolicy",
        check: async () => tellingOfHarm(await expectDenial(deletePolicy), "this proof itself has removed the policy"),
      },
    ],
    recovered: [
      {
        claim: "s3:GetBucketPolicy succeeds again, and there is no policy",
        check: async () => {
          const text = await awaitAccess(getPolicy, bucketMilliseconds, signal);
          return text === undefined ? { holds: true } : { holds: false, why: "the bucket has a policy again" };
        },
      },
      {
        claim: "s3:ListBucket succeeds again, and every object is there",
        check: async () => allThere("objects", Object.keys(drill.bucket.objects), await list.call()),
      },
      {
        claim: "every object has the content it had",
        check: async () => {
          const found = await Promise.all(expected.map(([key]) => describeObject(s3, target.name, key, signal)));
          return allThere("contents", expected.map(describe), found);
        },
      },
      {
        claim: "s3:DeleteBucketPolicy succeeds again",
        check: async () => {
          await deletePolicy.call();
          return { holds: true };
        },
      },
    ],
  };
}

async function listKeys(client: S3Client, Bucket: string, signal?: AbortSignal): Promise<string[]> {
  const { paginateListObjectsV2 } = await import("@aws-sdk/client-s3");
  return callAws({ doing: `list the objects of bucket ${Bucket}` }, async () => {
    const keys: string[] = [];
    for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket }, endedBy(signal))) {
      keys.push(...(Contents ?? []).flatMap(({ Key }) => Key ?? []));
    }
    return keys;
  });
}

async function describeObject(s3: S3Client, Bucket: string, Key: string, signal?: AbortSignal): Promise<string> {
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  return callAws({ doing: `read object ${Key} of bucket ${Bucket}` }, async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }), endedBy(signal));
    return describe([Key, digestOf((await Body?.transformToByteArray()) ?? "")]);
  });
}

function describe([key, digest]: readonly [string, string]): string {
  return `${key} with SHA-256 ${digest}`;
}
