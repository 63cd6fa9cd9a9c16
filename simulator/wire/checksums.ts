import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { Crc32c, Crc64Nvme } from "@aws-sdk/checksums/crc";
import { Xxh3_128, Xxh3_64, Xxh64 } from "@aws-sdk/checksums/xxh";
import type { Checksum } from "@smithy/types";

/** The algorithms of S3's `x-amz-checksum-*` headers. */
export const checksumAlgorithms = [
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "SHA1",
  "SHA256",
  "SHA512",
  "MD5",
  "XXHASH64",
  "XXHASH3",
  "XXHASH128",
] as const;

export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** @returns `undefined` for an algorithm that S3 does not have */
export function parseChecksumAlgorithm(text: string): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find((name) => name === text);
}

/** @returns the checksum's bytes */
export async function checksumOf(algorithm: ChecksumAlgorithm, body: Uint8Array): Promise<Uint8Array> {
  switch (algorithm) {
    case "CRC32":
      return bigEndian(crc32(body));
    case "SHA1":
    case "SHA256":
    case "SHA512":
    case "MD5":
      return createHash(algorithm.toLowerCase()).update(body).digest();
    case "CRC32C":
      return digested(new Crc32c(), body);
    case "CRC64NVME":
      return digested(new Crc64Nvme(), body);
    case "XXHASH64":
      return digested(new Xxh64(), body);
    case "XXHASH3":
      return digested(new Xxh3_64(), body);
    case "XXHASH128":
      return digested(new Xxh3_128(), body);
  }
}

function bigEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

async function digested(checksum: Checksum, body: Uint8Array): Promise<Uint8Array> {
  checksum.update(body);
  return checksum.digest();
}
