import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
} from "@aws-sdk/client-s3";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf, bucketOperation } from "./bucket-access.ts";
import { canonicalUser } from "./canonical-user.ts";
import { invalidArgument } from "./faults.ts";
import { pageSize } from "./key-listing.ts";
import { onUpload, uploadOf } from "./upload-access.ts";

export const listMultipartUploads: Operation<
  Decoded<ListMultipartUploadsRequest>,
  ListMultipartUploadsOutput
> = bucketOperation(
  "ListBucketMultipartUploads",
  ["Prefix", "MaxUploads", "KeyMarker", "UploadIdMarker", "RequestPayer"],
  (bucket, { Prefix: prefix = "", MaxUploads, KeyMarker = "", UploadIdMarker = "" }) => {
    const owner = canonicalUser(bucket.accountId);
    const wanted = [...bucket.uploads.values()]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => (a.key === b.key ? order(a.id, b.id) : order(a.key, b.key)))
      .filter(({ key, id }) => key > KeyMarker || (key === KeyMarker && UploadIdMarker !== "" && id > UploadIdMarker));
    const most = pageSize(MaxUploads);
    const uploads = wanted.slice(0, most);
    const last = uploads.at(-1);
    return {
      Bucket: bucket.name,
      KeyMarker,
      UploadIdMarker,
      Prefix: prefix,
      MaxUploads: most,
      IsTruncated: wanted.length > uploads.length,
      Uploads: uploads.map(({ key, id, initiated }) => ({
        Key: key,
        UploadId: id,
        Initiated: initiated,
        StorageClass: "STANDARD" as const,
        Owner: owner,
        Initiator: owner,
      })),
      ...(last && wanted.length > uploads.length ? { NextKeyMarker: last.key, NextUploadIdMarker: last.id } : {}),
    };
  },
);

export const listParts: Operation<Decoded<ListPartsRequest>, ListPartsOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:ListParts", input, [
      "Bucket",
      "Key",
      "UploadId",
      "MaxParts",
      "PartNumberMarker",
      "RequestPayer",
      "ExpectedBucketOwner",
    ]);
    pageSize(input.MaxParts);
    checkMarker(input.PartNumberMarker);
  },
  requires: onUpload("ListMultipartUploadParts"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    const { parts } = uploadOf(bucket, input);
    const marker = Number(input.PartNumberMarker ?? 0);
    const later = [...parts.values()].filter(({ number }) => number > marker).sort((a, b) => a.number - b.number);
    const page = later.slice(0, pageSize(input.MaxParts));
    const owner = canonicalUser(bucket.accountId);
    return {
      Bucket: bucket.name,
      Key: input.Key,
      UploadId: input.UploadId,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: pageSize(input.MaxParts),
      IsTruncated: later.length > page.length,
      Parts: page.map(({ number, etag, modified, body }) => ({
        PartNumber: number,
        ETag: etag,
        LastModified: modified,
        Size: body.length,
      })),
      StorageClass: "STANDARD",
      Owner: owner,
      Initiator: owner,
    };
  },
};

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function checkMarker(marker = "0"): void {
  if (/^\d{1,9}$/.test(marker)) return;
  const rule = "Argument part-number-marker must be an integer between 0 and 2147483647";
  throw invalidArgument(rule, "part-number-marker", marker);
}
