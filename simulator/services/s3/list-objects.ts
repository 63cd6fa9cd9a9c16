import type {
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from "@aws-sdk/client-s3";
import { readPageToken, writePageToken } from "../page-token.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { bucketOf } from "./bucket-access.ts";
import { invalidArgument } from "./faults.ts";
import { keyEncoder } from "./key-listing.ts";
import { checkListing, describedPage, listingMembers, listPage, listRequirement, summary } from "./object-listing.ts";

export const listObjectsV2: Operation<Decoded<ListObjectsV2Request>, ListObjectsV2Output> = {
  validate: (input, call) => {
    refuseUnmodelled("s3:ListObjectsV2", input, [...listingMembers, "ContinuationToken", "StartAfter", "FetchOwner"]);
    checkListing(input);
    lastListed(input, call);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucket"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const after = lastListed(input, call) ?? input.StartAfter ?? "";
    const listing = listPage(bucket, input, after);
    const encode = keyEncoder(input.EncodingType);
    return {
      ...describedPage(listing, input),
      Contents: listing.objects.map((object) => summary(object, encode, input.FetchOwner ? bucket : undefined)),
      KeyCount: listing.objects.length + listing.commonPrefixes.length,
      ...(input.StartAfter === undefined ? {} : { StartAfter: encode(input.StartAfter) }),
      ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
      ...(listing.isTruncated ? { NextContinuationToken: writePageToken(listing.last ?? "", input, call) } : {}),
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

function lastListed(input: Decoded<ListObjectsV2Request>, call: Call): string | undefined {
  const { ContinuationToken: token } = input;
  if (token === undefined) return undefined;
  const key = readPageToken(token, input, call);
  if (key !== undefined) return key;
  throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
}
