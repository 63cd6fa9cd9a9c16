import type { Tag } from "@aws-sdk/client-s3";
import { AwsFault } from "../../aws-fault.ts";
import { invalidArgument, malformedXml } from "./faults.ts";

/** @throws AwsFault InvalidTag */
export function readTags(tags: readonly Tag[] = [], most = 50): Map<string, string> {
  if (tags.length > most) throw new AwsFault("BadRequest", `Object tags cannot be greater than ${most}`);
  const read = new Map<string, string>();
  for (const { Key, Value } of tags) {
    if (Key === undefined || Value === undefined) throw malformedXml();
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key))
      throw invalidTag("The TagKey you have provided is invalid", Key);
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value)) {
      throw invalidTag("The TagValue you have provided is invalid", Key);
    }
    if (Key.startsWith("aws:")) throw invalidTag("System tags cannot be added/updated by requester", Key);
    if (read.has(Key)) throw invalidTag("Cannot provide multiple Tags with the same key", Key);
    read.set(Key, Value);
  }
  return read;
}

/** Tags of an upload travel in a header, as the query of a URL: `a=b&c=d`. */
export function readTagHeader(header: string | undefined): Map<string, string> {
  if (header === undefined) return new Map();
  const pairs = [...new URLSearchParams(header)];
  if (pairs.length === 0 && header !== "") {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      header,
    );
  }
  return readTags(
    pairs.map(([Key, Value]) => ({ Key, Value })),
    10,
  );
}

export function writeTags(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function invalidTag(message: string, key: string): AwsFault {
  return new AwsFault("InvalidTag", message, { members: { TagKey: key } });
}
