import {
  BucketLocationConstraint,
  type DeleteBucketRequest,
  type GetBucketLocationOutput,
  type GetBucketLocationRequest,
  type HeadBucketOutput,
  type HeadBucketRequest,
  type ListBucketsOutput,
  type ListBucketsRequest,
} from "@aws-sdk/client-s3";
import { AwsFault } from "../../aws-fault.ts";
import { page } from "../page.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketAnywhere, bucketOperation, bucketRequirement } from "./bucket-access.ts";
import { canonicalUser } from "./canonical-user.ts";
import { invalidArgument } from "./faults.ts";

const mostBuckets = 10_000;

/** Account-level: no bucket's policy has a say, so a locked bucket is still listed. */
export const listBuckets: Operation<Decoded<ListBucketsRequest>, ListBucketsOutput> = {
  validate: ({ MaxBuckets: most }) => {
    if (most === undefined || (Number.isInteger(most) && most >= 1 && most <= mostBuckets)) return;
    throw invalidArgument(
      `Argument max-buckets must be an integer between 1 and ${mostBuckets}`,
      "max-buckets",
      String(most),
    );
  },
  requires: () => [{ action: "s3:ListAllMyBuckets", resource: "*" }],
  perform: (input, call) => {
    const { state, caller } = call;
    const { Prefix: prefix, BucketRegion: region, MaxBuckets, ContinuationToken } = input;
    const own = [...state.buckets.values()]
      .filter(({ accountId }) => accountId === caller.accountId)
      .filter(({ name }) => name.startsWith(prefix ?? ""))
      .filter((bucket) => region === undefined || bucket.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const found = page(own, { token: ContinuationToken, size: MaxBuckets ?? mostBuckets }, input, call);
    if (!found) {
      throw invalidArgument(
        "The continuation token provided is incorrect",
        "continuation-token",
        ContinuationToken ?? "",
      );
    }
    // AWS names the Region only to callers that sent one of the newer parameters.
    const saysRegion = Object.values(input).some((value) => value !== undefined);
    return {
      Buckets: found.items.map((bucket) => ({
        Name: bucket.name,
        CreationDate: bucket.created,
        ...(saysRegion ? { BucketRegion: bucket.region } : {}),
      })),
      Owner: canonicalUser(caller.accountId),
      ...(prefix === undefined ? {} : { Prefix: prefix }),
      ...(found.next === undefined ? {} : { ContinuationToken: found.next }),
    };
  },
};

export const headBucket: Operation<Decoded<HeadBucketRequest>, HeadBucketOutput> = bucketOperation(
  "ListBucket",
  [],
  (bucket) => ({ BucketRegion: bucket.region, AccessPointAlias: false }),
);

export const deleteBucket: Operation<Decoded<DeleteBucketRequest>, object> = bucketOperation(
  "DeleteBucket",
  [],
  (bucket, _input, { state }) => {
    if (bucket.objects.size > 0) {
      throw new AwsFault("BucketNotEmpty", "The bucket you tried to delete is not empty", {
        status: 409,
        members: { BucketName: bucket.name },
      });
    }
    state.buckets.delete(bucket.name);
    return {};
  },
);

/** Answers from every Region; us-east-1 is the constraint that is not there. */
export const getBucketLocation: Operation<Decoded<GetBucketLocationRequest>, GetBucketLocationOutput> = {
  requires: (input, call) => [bucketRequirement(bucketAnywhere(input, call), call, "GetBucketLocation")],
  perform: (input, call) => {
    const constraint = locationConstraint(bucketAnywhere(input, call).region);
    return constraint === undefined ? {} : { LocationConstraint: constraint };
  },
};

function locationConstraint(region: string): BucketLocationConstraint | undefined {
  if (region === "us-east-1") return undefined;
  const constraint = Object.values(BucketLocationConstraint).find((known) => known === region);
  if (constraint === undefined) throw new Error(`S3 has no location constraint for the Region ${region}.`);
  return constraint;
}
