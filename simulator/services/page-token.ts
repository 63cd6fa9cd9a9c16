import { createHmac, randomBytes } from "node:crypto";
import type { Call } from "./service.ts";

/** Members that say which page, not of what. */
const pagingMembers: ReadonlySet<string> = new Set([
  "NextToken",
  "MaxResults",
  "Marker",
  "MaxItems",
  "Limit",
  "ContinuationToken",
  "MaxBuckets",
  "MaxKeys",
  "PaginationToken",
  "ResourcesPerPage",
]);

/** Of this process: what it has not sealed itself is forged. */
const secret = randomBytes(32);

/**
 * A token with which a client may go on in a list from a position. It holds for that list alone: the same operation of
 * the same account in the same Region, asked for the same.
 *
 * @param position where to go on, opaque to clients
 * @param input of the operation; members that only say which page do not count
 */
export function writePageToken(position: string, input: object, call: Call): string {
  return Buffer.from(`${seal(position, input, call)}.${position}`).toString("base64");
}

/** @returns the position; `undefined` when the token was not given for this list, or was changed since */
export function readPageToken(token: string, input: object, call: Call): string | undefined {
  const position = Buffer.from(token, "base64")
    .toString()
    .replace(/^.*?\./s, "");
  return writePageToken(position, input, call) === token ? position : undefined;
}

function seal(position: string, input: object, { operation, caller, region }: Call): string {
  const asked = Object.entries(input)
    .filter(([member, value]) => value !== undefined && !pagingMembers.has(member))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const list = JSON.stringify([position, operation, caller.accountId, region, asked]);
  return createHmac("sha256", secret).update(list).digest("hex").slice(0, 32);
}
