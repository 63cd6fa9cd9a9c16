import { createHash } from "node:crypto";
import { AwsFault } from "../aws-fault.ts";
import { withoutChunks } from "./aws-chunked.ts";
import { checksumAlgorithms, checksumOf } from "./checksums.ts";
import type { WireRequest } from "./wire.ts";

/**
 * Compares a body with the digests that came along, in headers or behind the body.
 *
 * @throws AwsFault BadDigest, InvalidDigest or InvalidRequest
 */
export async function checkBodyDigests(request: WireRequest): Promise<void> {
  const { body, headers } = withoutChunks(request);
  checkContentMd5(body, headers["content-md5"]);
  for (const { algorithm, header } of checksumHeaders) {
    const stated = headers[header];
    if (stated === undefined) continue;
    const computed = Buffer.from(await checksumOf(algorithm, body));
    if (Buffer.from(stated, "base64").length !== computed.length) {
      throw new AwsFault("InvalidRequest", `Value for ${header} header is invalid.`);
    }
    if (computed.toString("base64") !== stated) {
      throw new AwsFault("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
    }
  }
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
