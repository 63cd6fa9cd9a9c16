import { createHash, randomUUID } from "node:crypto";
import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  UploadPartOutput,
  UploadPartRequest,
} from "@aws-sdk/client-s3";
import type { MultipartUpload } from "../../state/s3.ts";
import { checksumAlgorithms, parseChecksumAlgorithm } from "../../wire/checksums.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf } from "./bucket-access.ts";
import { invalidArgument } from "./faults.ts";
import { checkUpload, descriptionOf, uploadMembers } from "./object-description.ts";
import { checkKey } from "./object-key.ts";
import { checksumMembers, uploadedChecksum } from "./stored-checksum.ts";
import { readTagHeader } from "./tag-set.ts";
import { onUpload, uploadOf } from "./upload-access.ts";

export const createMultipartUpload: Operation<Decoded<CreateMultipartUploadRequest>, CreateMultipartUploadOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:CreateMultipartUpload", input, [
      "Bucket",
      "Key",
      "ChecksumType",
      "ExpectedBucketOwner",
      ...uploadMembers,
    ]);
    checkKey(input.Key);
    checkUpload(input);
    readTagHeader(input.Tagging);
  },
  requires: onUpload("PutObject"),
  perform: (input, call) => {
    const checksum = chosenChecksum(input);
    const upload: MultipartUpload = {
      id: randomUUID(),
      key: input.Key,
      initiated: call.clock.now(),
      description: descriptionOf(input),
      tags: readTagHeader(input.Tagging),
      checksum,
      parts: new Map(),
    };
    bucketOf(input, call).uploads.set(upload.id, upload);
    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: upload.id,
      ServerSideEncryption: "AES256",
      ...(input.ChecksumAlgorithm === undefined
        ? {}
        : { ChecksumAlgorithm: input.ChecksumAlgorithm, ChecksumType: checksum.type }),
    };
  },
};

/** Uploaders that choose nothing get a CRC64NVME of the whole object; the others one of their parts' checksums. */
function chosenChecksum(input: Decoded<CreateMultipartUploadRequest>): MultipartUpload["checksum"] {
  const { ChecksumAlgorithm: algorithm = "CRC64NVME", ChecksumType: type } = input;
  if (parseChecksumAlgorithm(algorithm) === undefined) {
    throw invalidArgument("Checksum algorithm provided is unsupported.", "x-amz-checksum-algorithm", algorithm);
  }
  return { algorithm, type: type ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE") };
}

export const uploadPart: Operation<Decoded<UploadPartRequest>, UploadPartOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:UploadPart", input, [
      "Bucket",
      "Key",
      "Body",
      "ContentLength",
      "ContentMD5",
      "PartNumber",
      "UploadId",
      "ChecksumAlgorithm",
      "RequestPayer",
      "ExpectedBucketOwner",
      ...checksumAlgorithms.map((name) => `Checksum${name}` as const),
    ]);
    if (Number.isInteger(input.PartNumber) && input.PartNumber >= 1 && input.PartNumber <= 10_000) return;
    throw invalidArgument(
      "Part number must be an integer between 1 and 10000, inclusive",
      "partNumber",
      String(input.PartNumber),
    );
  },
  requires: onUpload("PutObject"),
  perform: async (input, call) => {
    const { Body: body = new Uint8Array(), PartNumber: number } = input;
    const upload = uploadOf(bucketOf(input, call), input);
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    const checksum = await uploadedChecksum(input, body);
    upload.parts.set(number, { number, body, etag, modified: call.clock.now() });
    return { ETag: etag, ServerSideEncryption: "AES256", ...checksumMembers(checksum) };
  },
};

export const abortMultipartUpload: Operation<Decoded<AbortMultipartUploadRequest>, object> = {
  validate: (input) => {
    refuseUnmodelled("s3:AbortMultipartUpload", input, [
      "Bucket",
      "Key",
      "UploadId",
      "RequestPayer",
      "ExpectedBucketOwner",
    ]);
  },
  requires: onUpload("AbortMultipartUpload"),
  perform: (input, call) => {
    const bucket = bucketOf(input, call);
    bucket.uploads.delete(uploadOf(bucket, input).id);
    return {};
  },
};
