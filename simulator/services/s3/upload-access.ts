import { AwsFault } from "../../aws-fault.ts";
import type { Bucket, MultipartUpload } from "../../state/s3.ts";
import type { Call, Requirement } from "../service.ts";
import { bucketOf, type NamesObject, objectRequirement } from "./bucket-access.ts";

export function onUpload(action: string): (input: NamesObject, call: Call) => readonly Requirement[] {
  return (input, call) => [objectRequirement(bucketOf(input, call), input.Key, call, action)];
}

/** @throws AwsFault NoSuchUpload */
export function uploadOf(
  { uploads }: Bucket,
  { UploadId: id, Key: key }: { readonly UploadId: string; readonly Key: string },
): MultipartUpload {
  const upload = uploads.get(id);
  if (upload?.key === key) return upload;
  throw new AwsFault(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    { status: 404, members: { UploadId: id } },
  );
}
