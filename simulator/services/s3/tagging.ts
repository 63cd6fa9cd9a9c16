import type {
  DeleteBucketTaggingRequest,
  DeleteObjectTaggingRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutBucketTaggingRequest,
  PutObjectTaggingRequest,
} from "@aws-sdk/client-s3";
import type { Decoded, Operation } from "../service.ts";
import { bucketOperation } from "./bucket-access.ts";
import { malformedXml, notConfigured } from "./faults.ts";
import { objectOperation } from "./object-access.ts";
import { readTags, writeTags } from "./tag-set.ts";

export const getBucketTagging: Operation<Decoded<GetBucketTaggingRequest>, GetBucketTaggingOutput> = bucketOperation(
  "GetBucketTagging",
  [],
  (bucket) => {
    if (bucket.tags.size === 0) throw notConfigured("NoSuchTagSet", "The TagSet does not exist", bucket.name);
    return { TagSet: writeTags(bucket.tags) };
  },
);

export const putBucketTagging: Operation<Decoded<PutBucketTaggingRequest>, object> = bucketOperation(
  "PutBucketTagging",
  ["Tagging", "ContentMD5", "ChecksumAlgorithm"],
  (bucket, { Tagging }) => {
    replaceTags(bucket.tags, readTags(Tagging.TagSet ?? missing()));
    return {};
  },
);

/** Has no action of its own: whoever may put tags may take them off. */
export const deleteBucketTagging: Operation<Decoded<DeleteBucketTaggingRequest>, object> = bucketOperation(
  "PutBucketTagging",
  [],
  (bucket) => {
    bucket.tags.clear();
    return {};
  },
);

export const getObjectTagging: Operation<Decoded<GetObjectTaggingRequest>, GetObjectTaggingOutput> = objectOperation(
  "GetObjectTagging",
  ["RequestPayer"],
  ({ tags }) => ({ TagSet: writeTags(tags) }),
);

export const putObjectTagging: Operation<Decoded<PutObjectTaggingRequest>, object> = objectOperation(
  "PutObjectTagging",
  ["Tagging", "ContentMD5", "ChecksumAlgorithm", "RequestPayer"],
  ({ tags }, { Tagging }) => {
    replaceTags(tags, readTags(Tagging.TagSet ?? missing(), 10));
    return {};
  },
);

export const deleteObjectTagging: Operation<Decoded<DeleteObjectTaggingRequest>, object> = objectOperation(
  "DeleteObjectTagging",
  [],
  ({ tags }) => {
    tags.clear();
    return {};
  },
);

function replaceTags(tags: Map<string, string>, others: ReadonlyMap<string, string>): void {
  tags.clear();
  for (const [key, value] of others) tags.set(key, value);
}

function missing(): never {
  throw malformedXml();
}
