import type {
  DeletePublicAccessBlockRequest,
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  PutPublicAccessBlockRequest,
} from "@aws-sdk/client-s3";
import type { Decoded, Operation } from "../service.ts";
import { bucketOperation } from "./bucket-access.ts";
import { notConfigured } from "./faults.ts";

export const getPublicAccessBlock: Operation<
  Decoded<GetPublicAccessBlockRequest>,
  GetPublicAccessBlockOutput
> = bucketOperation("GetBucketPublicAccessBlock", [], ({ publicAccessBlock, name }) => {
  if (publicAccessBlock) return { PublicAccessBlockConfiguration: publicAccessBlock };
  throw notConfigured(
    "NoSuchPublicAccessBlockConfiguration",
    "The public access block configuration was not found",
    name,
  );
});

/** What is left out is off. */
export const putPublicAccessBlock: Operation<Decoded<PutPublicAccessBlockRequest>, object> = bucketOperation(
  "PutBucketPublicAccessBlock",
  ["PublicAccessBlockConfiguration", "ContentMD5", "ChecksumAlgorithm"],
  (bucket, { PublicAccessBlockConfiguration: wanted }) => {
    bucket.publicAccessBlock = {
      BlockPublicAcls: wanted.BlockPublicAcls ?? false,
      IgnorePublicAcls: wanted.IgnorePublicAcls ?? false,
      BlockPublicPolicy: wanted.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: wanted.RestrictPublicBuckets ?? false,
    };
    return {};
  },
);

/** Has no action of its own: whoever may put the block may take it off. */
export const deletePublicAccessBlock: Operation<Decoded<DeletePublicAccessBlockRequest>, object> = bucketOperation(
  "PutBucketPublicAccessBlock",
  [],
  (bucket) => {
    bucket.publicAccessBlock = undefined;
    return {};
  },
);
