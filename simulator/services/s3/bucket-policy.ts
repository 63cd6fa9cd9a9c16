import type {
  DeleteBucketPolicyRequest,
  GetBucketPolicyOutput,
  GetBucketPolicyRequest,
  GetBucketPolicyStatusOutput,
  GetBucketPolicyStatusRequest,
  PutBucketPolicyRequest,
} from "@aws-sdk/client-s3";
import type { PolicyDocument } from "#iam";
import { heldPolicy } from "../../policy-texts.ts";
import type { Bucket } from "../../state/s3.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { bucketOf, bucketOperation, type NamesBucket, policyRequirement } from "./bucket-access.ts";
import { readBucketPolicy } from "./bucket-policy-text.ts";
import { accessDenied, methodNotAllowed, notConfigured } from "./faults.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** A policy that locks its own author out is accepted: ConfirmRemoveSelfBucketAccess only says that it is meant. */
export const putBucketPolicy: Operation<Decoded<PutBucketPolicyRequest>, object> = policyOperation(
  "PutBucketPolicy",
  ["Policy", "ContentMD5", "ChecksumAlgorithm", "ConfirmRemoveSelfBucketAccess"],
  (bucket, { Policy: text }, call) => {
    checkPublicAccess(bucket, readBucketPolicy(text, bucket, call.state), call);
    bucket.policy = text;
    return {};
  },
);

export const getBucketPolicy: Operation<Decoded<GetBucketPolicyRequest>, GetBucketPolicyOutput> = policyOperation(
  "GetBucketPolicy",
  [],
  (bucket) => ({ Policy: policyOf(bucket) }),
);

/** Succeeds where there is none. */
export const deleteBucketPolicy: Operation<Decoded<DeleteBucketPolicyRequest>, object> = policyOperation(
  "DeleteBucketPolicy",
  [],
  (bucket) => {
    bucket.policy = undefined;
    return {};
  },
);

export const getBucketPolicyStatus: Operation<
  Decoded<GetBucketPolicyStatusRequest>,
  GetBucketPolicyStatusOutput
> = bucketOperation("GetBucketPolicyStatus", [], (bucket) => ({
  PolicyStatus: { IsPublic: isPublicPolicy(heldPolicy(policyOf(bucket))) },
}));

function policyOperation<Input extends NamesBucket, Output>(
  action: string,
  members: readonly (keyof Input & string)[],
  perform: (bucket: Bucket, input: Input, call: Call) => Output,
): Operation<Input, Output> {
  return {
    ...bucketOperation<Input, Output>(action, members, (bucket, input, call) => {
      // Other accounts may be given the permission, but never the use of it.
      if (call.caller.accountId !== bucket.accountId) throw methodNotAllowed();
      return perform(bucket, input, call);
    }),
    requires: (input, call) => [policyRequirement(bucketOf(input, call), call, action)],
  };
}

function policyOf({ policy, name }: Bucket): string {
  if (policy === undefined) throw notConfigured("NoSuchBucketPolicy", "The bucket policy does not exist", name);
  return policy;
}

function checkPublicAccess(bucket: Bucket, document: PolicyDocument, { caller }: Call): void {
  if (!bucket.publicAccessBlock?.BlockPublicPolicy || !isPublicPolicy(document)) return;
  throw accessDenied(
    `User: ${caller.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucket.arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  );
}
