import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  ObjectStorageClass,
} from "@aws-sdk/client-s3";
import type { Bucket, StoredObject } from "../../state/s3.ts";
import { parseChecksumAlgorithm } from "../../wire/checksums.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { bucketOf, bucketRequirement, type NamesBucket } from "./bucket-access.ts";
import { canonicalUser } from "./canonical-user.ts";
import { invalidArgument } from "./faults.ts";
import { keyEncoder, type KeyListing, listKeys, pageSize } from "./key-listing.ts";

/** What the three listings have in common. */
interface Listing extends NamesBucket {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly EncodingType?: string | undefined;
}

const members = [
  "Bucket",
  "Prefix",
  "Delimiter",
  "MaxKeys",
  "EncodingType",
  "RequestPayer",
  "ExpectedBucketOwner",
] as const;

export const listObjectsV2: Operation<Decoded<ListObjectsV2Request>, ListObjectsV2Output> = {
  validate: (input) => {
    refuseUnmodelled("s3:ListObjectsV2", input, [...members, "ContinuationToken", "StartAfter", "FetchOwner"]);
    checkListing(input);
    readToken(input.ContinuationToken);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucket"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const after = readToken(input.ContinuationToken) ?? input.StartAfter ?? "";
    const listing = list(bucket, input, after);
    const encode = keyEncoder(input.EncodingType);
    return {
      ...common(listing, input),
      Contents: listing.objects.map((object) => summary(object, encode, input.FetchOwner ? bucket : undefined)),
      KeyCount: listing.objects.length + listing.commonPrefixes.length,
      ...(input.StartAfter === undefined ? {} : { StartAfter: encode(input.StartAfter) }),
      ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
      ...(listing.isTruncated ? { NextContinuationToken: writeToken(listing.last ?? "") } : {}),
    };
  },
};

export const listObjects: Operation<Decoded<ListObjectsRequest>, ListObjectsOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:ListObjects", input, [...members, "Marker"]);
    checkListing(input);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucket"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const listing = list(bucket, input, input.Marker ?? "");
    const encode = keyEncoder(input.EncodingType);
    return {
      ...common(listing, input),
      Marker: encode(input.Marker ?? ""),
      Contents: listing.objects.map((object) => summary(object, encode, bucket)),
      // Without a delimiter the last key of the page is the next marker, and AWS does not repeat it.
      ...(listing.isTruncated && input.Delimiter !== undefined ? { NextMarker: encode(listing.last ?? "") } : {}),
    };
  },
};

/** In a bucket without versioning every object has one version, whose id is "null". */
export const listObjectVersions: Operation<Decoded<ListObjectVersionsRequest>, ListObjectVersionsOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:ListObjectVersions", input, [...members, "KeyMarker", "VersionIdMarker"]);
    checkListing(input);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucketVersions"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const listing = list(bucket, input, input.KeyMarker ?? "");
    const encode = keyEncoder(input.EncodingType);
    return {
      ...common(listing, input),
      KeyMarker: encode(input.KeyMarker ?? ""),
      VersionIdMarker: input.VersionIdMarker ?? "",
      Versions: listing.objects.map((object) => ({
        ...summary(object, encode, bucket),
        StorageClass: "STANDARD" as const,
        VersionId: "null",
        IsLatest: true,
      })),
      ...(listing.isTruncated ? { NextKeyMarker: encode(listing.last ?? ""), NextVersionIdMarker: "null" } : {}),
    };
  },
};

function checkListing({ MaxKeys, EncodingType }: Listing): void {
  pageSize(MaxKeys);
  keyEncoder(EncodingType);
}

function listRequirement(input: Listing, call: Call, action: string): readonly Requirement[] {
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

function list(bucket: Bucket, { Prefix = "", Delimiter = "", MaxKeys }: Listing, after: string): KeyListing {
  return listKeys(bucket.objects.values(), { prefix: Prefix, delimiter: Delimiter, after, most: pageSize(MaxKeys) });
}

function common(
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
function summary(
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

const tokenPrefix = "sandbox-key:";

function writeToken(key: string): string {
  return Buffer.from(`${tokenPrefix}${key}`).toString("base64");
}

function readToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, "base64").toString();
  if (text.startsWith(tokenPrefix)) return text.slice(tokenPrefix.length);
  throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
}
