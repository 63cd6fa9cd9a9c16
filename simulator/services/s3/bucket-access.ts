import { AwsFault } from "../../aws-fault.ts";
import { heldPolicy } from "../../policy-texts.ts";
import type { Bucket } from "../../state/s3.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Operation, Requirement } from "../service.ts";
import { accessDenied, noSuchBucket } from "./faults.ts";
import { isPublicPolicy } from "./public-policy.ts";

export interface NamesBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface NamesObject extends NamesBucket {
  readonly Key: string;
}

/**
 * An operation on a bucket: authorised by its action on the bucket's ARN, under the bucket's policy.
 *
 * @param action without the prefix, `ListBucket`
 * @param members of the input that the operation acts upon, beside the bucket's name and owner
 * @example bucketOperation("DeleteBucket", [], (bucket, input, call) => …)
 */
export function bucketOperation<Input extends NamesBucket, Output>(
  action: string,
  members: readonly (keyof Input & string)[],
  perform: (bucket: Bucket, input: Input, call: Call) => Output | Promise<Output>,
): Operation<Input, Output> {
  return {
    validate: (input) => {
      refuseUnmodelled(`s3:${action}`, input, [...members, "Bucket", "ExpectedBucketOwner"]);
    },
    requires: (input, call) => [bucketRequirement(bucketOf(input, call), call, action)],
    perform: (input, call) => perform(bucketOf(input, call), input, call),
  };
}

export function bucketRequirement(bucket: Bucket, call: Call, action: string): Requirement {
  return { ...withoutPolicy(bucket, action), ...policyFor(bucket, call) };
}

export function objectRequirement(bucket: Bucket, key: string, call: Call, action: string): Requirement {
  return { ...bucketRequirement(bucket, call, action), resource: `${bucket.arn}/${key}` };
}

/**
 * For the bucket policy itself: the root of the account that owns the bucket is not bound by it, or nobody could ever
 * lift a policy that denies everyone (docs/aws-behaviour.md, section 5).
 */
export function policyRequirement(bucket: Bucket, call: Call, action: string): Requirement {
  const { principal } = call.caller;
  const isOwnersRoot = principal.kind === "root" && principal.accountId === bucket.accountId;
  return isOwnersRoot ? withoutPolicy(bucket, action) : bucketRequirement(bucket, call, action);
}

function withoutPolicy({ arn, accountId, region }: Bucket, action: string): Requirement {
  return {
    action: `s3:${action}`,
    resource: arn,
    resourceAccountId: accountId,
    denialHeaders: { "x-amz-bucket-region": region },
  };
}

/** Under RestrictPublicBuckets a public policy is good for the owner's account only. */
function policyFor(bucket: Bucket, { caller }: Call): Pick<Requirement, "resourcePolicy"> {
  if (bucket.policy === undefined) return {};
  const document = heldPolicy(bucket.policy);
  const isRestricted = bucket.publicAccessBlock?.RestrictPublicBuckets && isPublicPolicy(document);
  if (isRestricted && caller.accountId !== bucket.accountId) return {};
  return { resourcePolicy: { name: `policy of bucket ${bucket.name}`, document } };
}

/**
 * @throws AwsFault NoSuchBucket; PermanentRedirect, which names the bucket's Region, when it lives in another than the
 *   request's; AccessDenied when its owner is not the one that the request expects
 */
export function bucketOf(input: NamesBucket, call: Call): Bucket {
  const bucket = bucketAnywhere(input, call);
  if (bucket.region === call.region) return bucket;
  throw new AwsFault(
    "PermanentRedirect",
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
    {
      status: 301,
      headers: { "x-amz-bucket-region": bucket.region },
      members: { Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name },
    },
  );
}

/** The same for what AWS answers from every Region. */
export function bucketAnywhere({ Bucket: name, ExpectedBucketOwner: owner }: NamesBucket, { state }: Call): Bucket {
  const bucket = state.buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  if (owner !== undefined && owner !== bucket.accountId) throw accessDenied();
  return bucket;
}
