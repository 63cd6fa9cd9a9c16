import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from "@aws-sdk/client-s3";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf } from "./bucket-access.ts";
import { invalidArgument } from "./faults.ts";
import { keyEncoder } from "./key-listing.ts";
import { checkListing, describedPage, listingMembers, listPage, listRequirement, summary } from "./object-listing.ts";

export const listObjectsV2: Operation<Decoded<ListObjectsV2Request>, ListObjectsV2Output> = {
  validate: (input) => {
    refuseUnmodelled("s3:ListObjectsV2", input, [...listingMembers, "ContinuationToken", "StartAfter", "FetchOwner"]);
    checkListing(input);
    readToken(input.ContinuationToken);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucket"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const after = readToken(input.ContinuationToken) ?? input.StartAfter ?? "";
    const listing = listPage(bucket, input, after);
    const encode = keyEncoder(input.EncodingType);
    return {
      ...describedPage(listing, input),
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
    refuseUnmodelled("s3:ListObjects", input, [...listingMembers, "Marker"]);
    checkListing(input);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucket"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const listing = listPage(bucket, input, input.Marker ?? "");
    const encode = keyEncoder(input.EncodingType);
    return {
      ...describedPage(listing, input),
      Marker: encode(input.Marker ?? ""),
      Contents: listing.objects.map((object) => summary(object, encode, bucket)),
      // Without a delimiter the last key of the page is the next marker, and AWS does not repeat it.
      ...(listing.isTruncated && input.Delimiter !== undefined ? { NextMarker: encode(listing.last ?? "") } : {}),
    };
  },
};

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
