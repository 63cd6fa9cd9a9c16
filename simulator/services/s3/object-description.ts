import { notImplemented } from "../../aws-fault.ts";
import type { ObjectDescription } from "../../state/s3.ts";
import { AwsFault } from "../../aws-fault.ts";

/** What an uploader may say beside the body. */
export interface Upload extends ObjectDescription {
  readonly ACL?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** The members of an upload's input that are modelled, for all ways of uploading. */
export const uploadMembers = [
  "ACL",
  "BucketKeyEnabled",
  "CacheControl",
  "ContentDisposition",
  "ContentEncoding",
  "ContentLanguage",
  "ContentType",
  "ChecksumAlgorithm",
  "Expires",
  "Metadata",
  "RequestPayer",
  "ServerSideEncryption",
  "StorageClass",
  "Tagging",
] as const;

const largestMetadataBytes = 2048;

/**
 * Checks what comes with an upload. Values that are the default anyway are accepted, others refused.
 *
 * @throws AwsFault AccessControlListNotSupported, MetadataTooLarge, or 501
 */
export function checkUpload({ ACL, StorageClass, ServerSideEncryption, BucketKeyEnabled, Metadata }: Upload): void {
  // New buckets have ACLs off: only those that change nothing are let through.
  if (ACL !== undefined && ACL !== "private" && ACL !== "bucket-owner-full-control") {
    throw new AwsFault("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  if (StorageClass !== undefined && StorageClass !== "STANDARD") {
    throw notImplemented(`The storage class ${StorageClass}`);
  }
  if (ServerSideEncryption !== undefined && ServerSideEncryption !== "AES256") {
    throw notImplemented(`The server-side encryption ${ServerSideEncryption}`);
  }
  if (BucketKeyEnabled) throw notImplemented("The parameter BucketKeyEnabled");
  const bytes = Object.entries(Metadata ?? {}).map((pair) => Buffer.byteLength(pair.join("")));
  if (bytes.reduce((sum, size) => sum + size, 0) > largestMetadataBytes) {
    throw new AwsFault("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
  }
}

export function descriptionOf(upload: Upload): ObjectDescription {
  return {
    CacheControl: upload.CacheControl,
    ContentDisposition: upload.ContentDisposition,
    ContentEncoding: upload.ContentEncoding,
    ContentLanguage: upload.ContentLanguage,
    ContentType: upload.ContentType ?? "binary/octet-stream",
    Expires: upload.Expires,
    Metadata: upload.Metadata,
  };
}
