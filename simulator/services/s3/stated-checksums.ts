import type { CompletedPart, CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { MultipartUpload, StoredChecksum, UploadedPart } from "../../state/s3.ts";
import { checksumAlgorithms } from "../../wire/checksums.ts";
import { checksumText } from "./stored-checksum.ts";

type Input = Pick<CompleteMultipartUploadRequest, "ChecksumType" | "MpuObjectSize">;

/** @throws AwsFault InvalidRequest when the upload was begun in the other mode */
export function checkChecksumMode({ ChecksumType: stated }: Input, { checksum: { type } }: MultipartUpload): void {
  if (stated === undefined || stated === type) return;
  throw new AwsFault(
    "InvalidRequest",
    `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
  );
}

/** @throws AwsFault InvalidPart for a part that is not what its uploader says, by whichever algorithm */
export async function checkParts(parts: readonly UploadedPart[], named: readonly CompletedPart[]): Promise<void> {
  for (const [index, { body }] of parts.entries()) {
    const part = named[index] ?? {};
    for (const [algorithm, stated] of statedChecksums(part)) {
      if (stated !== (await checksumText(algorithm, body))) throw invalidPart(part);
    }
  }
}

/**
 * What the uploader says the whole object has to be.
 *
 * @throws AwsFault BadDigest or InvalidRequest where it is not, 501 for the checksum of another algorithm than the upload's
 */
export function checkWhole(input: Input, body: Uint8Array, { algorithm, value }: StoredChecksum): void {
  for (const [name, stated] of statedChecksums(input)) {
    if (name !== algorithm) {
      throw notImplemented(
        `The parameter Checksum${name} of s3:CompleteMultipartUpload for an upload with ${algorithm}`,
      );
    }
    if (stated !== value) {
      throw new AwsFault("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
    }
  }
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== body.length) {
    throw new AwsFault(
      "InvalidRequest",
      `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${body.length}.`,
    );
  }
}

export function invalidPart({ PartNumber = 0, ETag = "" }: CompletedPart): AwsFault {
  return new AwsFault(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { members: { PartNumber: String(PartNumber), ETag } },
  );
}

function statedChecksums(input: object): readonly (readonly [(typeof checksumAlgorithms)[number], unknown])[] {
  const members = new Map<string, unknown>(Object.entries(input));
  return checksumAlgorithms.flatMap((name) => {
    const stated = members.get(`Checksum${name}`);
    return stated === undefined ? [] : [[name, stated] as const];
  });
}
