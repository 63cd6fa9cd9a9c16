import type { StoredChecksum } from "../../state/s3.ts";
import { type ChecksumAlgorithm, checksumAlgorithms, checksumOf } from "../../wire/checksums.ts";

/** The checksum that an upload came with, already compared with its body; S3 computes CRC64NVME where there is none. */
export async function uploadedChecksum(input: object, body: Uint8Array): Promise<StoredChecksum> {
  const members = new Map<string, unknown>(Object.entries(input));
  const algorithm = checksumAlgorithms.find((name) => members.get(memberOf(name)) !== undefined) ?? "CRC64NVME";
  return { algorithm, value: await checksumText(algorithm, body), type: "FULL_OBJECT" };
}

export async function checksumText(algorithm: ChecksumAlgorithm, body: Uint8Array): Promise<string> {
  return Buffer.from(await checksumOf(algorithm, body)).toString("base64");
}

/** The members of an answer that carry a checksum. */
export function checksumMembers({ algorithm, value, type }: StoredChecksum): {
  readonly [member: `Checksum${string}`]: string;
  readonly ChecksumType: StoredChecksum["type"];
} {
  return { [memberOf(algorithm)]: value, ChecksumType: type };
}

function memberOf(algorithm: string): `Checksum${string}` {
  return `Checksum${algorithm}`;
}
