import { createHash, type Hash } from "node:crypto";
import type { MessageAttribute } from "../../state/sqs.ts";

/** Clients compare it with the body that they sent or received. */
export function bodyDigest(body: string): string {
  return createHash("md5").update(body).digest("hex");
}

/**
 * The digest of message attributes: names in order, each with its type, whether it is text or bytes, and its value, all
 * with their lengths (Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes").
 *
 * @returns `undefined` without attributes
 */
export function attributesDigest(attributes: ReadonlyMap<string, MessageAttribute>): string | undefined {
  if (attributes.size === 0) return undefined;
  const hash = createHash("md5");
  for (const [name, { dataType, value }] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    addWithLength(hash, Buffer.from(name));
    addWithLength(hash, Buffer.from(dataType));
    hash.update(Buffer.from([typeof value === "string" ? 1 : 2]));
    addWithLength(hash, Buffer.from(value));
  }
  return hash.digest("hex");
}

function addWithLength(hash: Hash, bytes: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}
