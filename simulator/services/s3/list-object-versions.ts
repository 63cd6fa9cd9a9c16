import type { ListObjectVersionsOutput, ListObjectVersionsRequest } from "@aws-sdk/client-s3";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf } from "./bucket-access.ts";
import { keyEncoder } from "./key-listing.ts";
import { checkListing, describedPage, listingMembers, listPage, listRequirement, summary } from "./object-listing.ts";

/** In a bucket without versioning every object has one version, whose id is "null". */
export const listObjectVersions: Operation<Decoded<ListObjectVersionsRequest>, ListObjectVersionsOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:ListObjectVersions", input, [...listingMembers, "KeyMarker", "VersionIdMarker"]);
    checkListing(input);
  },
  requires: (input, call) => listRequirement(input, call, "ListBucketVersions"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const listing = listPage(bucket, input, input.KeyMarker ?? "");
    const encode = keyEncoder(input.EncodingType);
    return {
      ...describedPage(listing, input),
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
