import { createHash } from "node:crypto";
import type { CompletedPart, CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import { AwsFault } from "../../aws-fault.ts";
import type { MultipartUpload, StoredChecksum, UploadedPart } from "../../state/s3.ts";
import { checksumAlgorithms, checksumOf, parseChecksumAlgorithm } from "../../wire/checksums.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf } from "./bucket-access.ts";
import { malformedXml } from "./faults.ts";
import { onUpload, uploadOf } from "./multipart-upload.ts";
import { checkWriteConditions } from "./preconditions.ts";
import { checksumMembers, checksumText } from "./stored-checksum.ts";

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
    const parts = namedParts(upload, input.MultipartUpload?.Parts ?? []);
    const body = Buffer.concat(parts.map((part) => part.body));
    const checksum = await wholeChecksum(upload, parts, body);
    checkStated(input, body, checksum);
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
  if (named.length === 0) throw malformedXml();
  const numbers = named.map(({ PartNumber = 0 }) => PartNumber);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw new AwsFault(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
    );
  }
  const found = named.map(({ PartNumber = 0, ETag = "" }) => {
    const part = parts.get(PartNumber);
    if (part?.etag.replaceAll('"', "") === ETag.replaceAll('"', "")) return part;
    throw new AwsFault(
      "InvalidPart",
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      { members: { PartNumber: String(PartNumber), ETag } },
    );
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

/** What the uploader says the whole object has to be. */
function checkStated(input: Input, body: Uint8Array, checksum: StoredChecksum): void {
  const stated = new Map<string, unknown>(Object.entries(input)).get(`Checksum${checksum.algorithm}`);
  if (stated !== undefined && stated !== checksum.value) {
    throw new AwsFault("BadDigest", `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== body.length) {
    throw new AwsFault(
      "InvalidRequest",
      `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${body.length}.`,
    );
  }
}

function md5(bytes: Uint8Array): Buffer {
  return createHash("md5").update(bytes).digest();
}
