import { createHash } from "node:crypto";
import type { CompletedPart, CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import { AwsFault } from "../../aws-fault.ts";
import type { MultipartUpload, StoredChecksum, UploadedPart } from "../../state/s3.ts";
import { checksumAlgorithms, checksumOf, parseChecksumAlgorithm } from "../../wire/checksums.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf } from "./bucket-access.ts";
import { malformedXml } from "./faults.ts";
import { checkWriteConditions } from "./preconditions.ts";
import { checkChecksumMode, checkParts, checkWhole, invalidPart } from "./stated-checksums.ts";
import { checksumMembers, checksumText } from "./stored-checksum.ts";
import { onUpload, uploadOf } from "./upload-access.ts";

type Input = Decoded<CompleteMultipartUploadRequest>;

const smallestPartBytes = 5 * 1024 * 1024;

/** Puts the parts together, in the order of their numbers. */
export const completeMultipartUpload: Operation<Input, CompleteMultipartUploadOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:CompleteMultipartUpload", input, [
      "Bucket",
      "Key",
      "UploadId",
      "MultipartUpload",
      "ChecksumType",
      "MpuObjectSize",
      "IfMatch",
      "IfNoneMatch",
      "RequestPayer",
      "ExpectedBucketOwner",
      ...checksumAlgorithms.map((name) => `Checksum${name}` as const),
    ]);
  },
  requires: onUpload("PutObject"),
  perform: async (input, call) => {
    const bucket = bucketOf(input, call);
    const upload = uploadOf(bucket, input);
    checkChecksumMode(input, upload);
    const named = input.MultipartUpload?.Parts ?? [];
    const parts = namedParts(upload, named);
    await checkParts(parts, named);
    const body = Buffer.concat(parts.map((part) => part.body));
    const checksum = await wholeChecksum(upload, parts, body);
    checkWhole(input, body, checksum);
    checkWriteConditions(bucket.objects.get(upload.key), input);
    const etag = `"${md5(Buffer.concat(parts.map((part) => md5(part.body)))).toString("hex")}-${parts.length}"`;
    bucket.uploads.delete(upload.id);
    bucket.objects.set(upload.key, {
      key: upload.key,
      body,
      etag,
      description: upload.description,
      tags: new Map(upload.tags),
      modified: call.clock.now(),
      checksum,
    });
    return {
      Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(upload.key)}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: etag,
      ServerSideEncryption: "AES256",
      ...checksumMembers(checksum),
    };
  },
};

function namedParts({ parts }: MultipartUpload, named: readonly CompletedPart[]): readonly UploadedPart[] {
  if (named.length === 0 || named.some(isUnnamed)) throw malformedXml();
  const numbers = named.map(({ PartNumber = 0 }) => PartNumber);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw new AwsFault(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
    );
  }
  const found = named.map((part) => {
    const uploaded = parts.get(part.PartNumber ?? 0);
    if (uploaded && uploaded.etag.replaceAll('"', "") === part.ETag?.replaceAll('"', "")) return uploaded;
    throw invalidPart(part);
  });
  const small = found.slice(0, -1).find(({ body }) => body.length < smallestPartBytes);
  if (!small) return found;
  throw new AwsFault("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    members: {
      ProposedSize: String(small.body.length),
      MinSizeAllowed: String(smallestPartBytes),
      PartNumber: String(small.number),
    },
  });
}

function isUnnamed({ PartNumber, ETag }: CompletedPart): boolean {
  return PartNumber === undefined || ETag === undefined;
}

async function wholeChecksum(
  { checksum: { algorithm: name, type } }: MultipartUpload,
  parts: readonly UploadedPart[],
  body: Uint8Array,
): Promise<StoredChecksum> {
  const algorithm = parseChecksumAlgorithm(name) ?? "CRC64NVME";
  if (type === "FULL_OBJECT") return { algorithm, value: await checksumText(algorithm, body), type };
  const ofParts = await Promise.all(parts.map((part) => checksumOf(algorithm, part.body)));
  const value = await checksumText(algorithm, Buffer.concat(ofParts));
  return { algorithm, value: `${value}-${parts.length}`, type };
}

function md5(bytes: Uint8Array): Buffer {
  return createHash("md5").update(bytes).digest();
}
