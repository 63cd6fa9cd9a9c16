import type { ListObjectsOutput, ObjectStorageClass } from "@aws-sdk/client-s3";
import type { Bucket, StoredObject } from "../../state/s3.ts";
import { parseChecksumAlgorithm } from "../../wire/checksums.ts";
import type { Call, Requirement } from "../service.ts";
import { bucketOf, bucketRequirement, type NamesBucket } from "./bucket-access.ts";
import { canonicalUser } from "./canonical-user.ts";
import { keyEncoder, type KeyListing, listKeys, pageSize } from "./key-listing.ts";

/** What the three listings have in common. */
export interface Listing extends NamesBucket {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: string | undefined;
}

/** The members of every listing's request that are modelled. */
export const listingMembers = [
  "Bucket",
  "Prefix",
  "Delimiter",
  "MaxKeys",
  "EncodingType",
  "RequestPayer",
  "ExpectedBucketOwner",
] as const;

/** Checks what no permission is asked for. */
export function checkListing({ MaxKeys, EncodingType }: Listing): void {
  pageSize(MaxKeys);
  keyEncoder(EncodingType);
}

/** Policies may ask for the prefix, the delimiter and the size of the page. */
export function listRequirement(input: Listing, call: Call, action: string): readonly Requirement[] {
  const { Prefix, Delimiter, MaxKeys } = input;
  return [
    {
      ...bucketRequirement(bucketOf(input, call), call, action),
      context: {
        ...(Prefix === undefined ? {} : { "s3:prefix": Prefix }),
        ...(Delimiter === undefined ? {} : { "s3:delimiter": Delimiter }),
        ...(MaxKeys === undefined ? {} : { "s3:max-keys": String(MaxKeys) }),
      },
    },
  ];
}

/** One page, after the given key. */
export function listPage(bucket: Bucket, { Prefix = "", Delimiter = "", MaxKeys }: Listing, after: string): KeyListing {
  return listKeys(bucket.objects.values(), { prefix: Prefix, delimiter: Delimiter, after, most: pageSize(MaxKeys) });
}

/** What each listing says again, and how its page ends. */
export function describedPage(
  { isTruncated, commonPrefixes }: KeyListing,
  { Bucket, Prefix = "", Delimiter, MaxKeys, EncodingType }: Listing,
): Pick<
  ListObjectsOutput,
  "Name" | "Prefix" | "MaxKeys" | "IsTruncated" | "Delimiter" | "EncodingType" | "CommonPrefixes"
> {
  const encode = keyEncoder(EncodingType);
  return {
    Name: Bucket,
    Prefix: encode(Prefix),
    MaxKeys: pageSize(MaxKeys),
    IsTruncated: isTruncated,
    CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    ...(Delimiter === undefined ? {} : { Delimiter: encode(Delimiter) }),
    ...(EncodingType === undefined ? {} : { EncodingType: "url" as const }),
  };
}

/** @param ownedBy given where the listing names owners */
export function summary(
  { key, modified, etag, body, checksum }: StoredObject,
  encode: (key: string) => string,
  ownedBy: Bucket | undefined,
): NonNullable<ListObjectsOutput["Contents"]>[number] & { StorageClass: ObjectStorageClass } {
  const algorithm = parseChecksumAlgorithm(checksum.algorithm);
  return {
    Key: encode(key),
    LastModified: modified,
    ETag: etag,
    Size: body.length,
    StorageClass: "STANDARD",
    ...(algorithm === undefined ? {} : { ChecksumAlgorithm: [algorithm], ChecksumType: checksum.type }),
    ...(ownedBy ? { Owner: canonicalUser(ownedBy.accountId) } : {}),
  };
}
