import { createHash } from "node:crypto";
import { AwsFault } from "../aws-fault.ts";
import { withoutChunks } from "./aws-chunked.ts";
import { type ChecksumAlgorithm, checksumAlgorithms, checksumOf, parseChecksumAlgorithm } from "./checksums.ts";
import type { WireRequest } from "./wire.ts";

/**
 * Compares a body with the digests that came along, in headers or behind the body.
 *
 * @throws AwsFault BadDigest, InvalidDigest or InvalidRequest
 */
export async function checkBodyDigests(request: WireRequest): Promise<void> {
  const { body, headers } = withoutChunks(request);
  checkContentMd5(body, headers["content-md5"]);
  const checksum = onlyChecksum(headers);
  checkAnnounced(headers["x-amz-sdk-checksum-algorithm"], checksum?.algorithm);
  if (checksum === undefined) return;
  const { algorithm, header, stated } = checksum;
  const computed = Buffer.from(await checksumOf(algorithm, body));
  const read = Buffer.from(stated, "base64");
  if (read.length !== computed.length || read.toString("base64") !== stated) throw invalidHeader(header);
  if (!read.equals(computed)) {
    throw new AwsFault("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

interface StatedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly header: string;
  readonly stated: string;
}

function onlyChecksum(headers: WireRequest["headers"]): StatedChecksum | undefined {
  const [first, second] = checksumHeaders.flatMap(({ algorithm, header }) => {
    const stated = headers[header];
    return stated === undefined ? [] : [{ algorithm, header, stated }];
  });
  if (second === undefined) return first;
  throw new AwsFault(
    "InvalidRequest",
    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
  );
}

/** What an SDK says of its own checksum has to be so (docs/aws-behaviour.md, section 5). */
function checkAnnounced(announced: string | undefined, algorithm: ChecksumAlgorithm | undefined): void {
  if (announced === undefined) return;
  const known = parseChecksumAlgorithm(announced.toUpperCase());
  if (known === undefined || (algorithm !== undefined && known !== algorithm)) {
    throw invalidHeader("x-amz-sdk-checksum-algorithm");
  }
  if (algorithm !== undefined) return;
  throw new AwsFault(
    "InvalidRequest",
    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
  );
}

function invalidHeader(header: string): AwsFault {
  return new AwsFault("InvalidRequest", `Value for ${header} header is invalid.`);
}

/** @throws AwsFault InvalidRequest for a body that came without any digest, where AWS insists on one */
export function checkHasDigest(request: WireRequest): void {
  const { headers } = withoutChunks(request);
  const digests = ["content-md5", ...checksumHeaders.map(({ header }) => header)];
  if (digests.some((header) => headers[header] !== undefined)) return;
  throw new AwsFault("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

const checksumHeaders = checksumAlgorithms.map((algorithm) => ({
  algorithm,
  header: `x-amz-checksum-${algorithm.toLowerCase()}`,
}));

function checkContentMd5(body: Uint8Array, stated: string | undefined): void {
  if (stated === undefined) return;
  if (Buffer.from(stated, "base64").length !== 16) {
    throw new AwsFault("InvalidDigest", "The Content-MD5 you specified was invalid.");
  }
  if (createHash("md5").update(body).digest("base64") === stated) return;
  throw new AwsFault("BadDigest", "The Content-MD5 you specified did not match what we received.");
}
