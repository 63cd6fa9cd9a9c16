import type { Tag } from "@aws-sdk/client-kms";
import { AwsFault } from "../../aws-fault.ts";

export const mostTags = 50;

/** @throws AwsFault TagException for tags that are not valid, LimitExceededException for too many */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));
  if (map.size < tags.length) throw new AwsFault("TagException", "Duplicate tag keys");
  const isWrong = [...map].some(([key, value]) => !/^(?!aws:).{1,128}$/su.test(key) || value.length > 256);
  if (isWrong) throw new AwsFault("TagException", "One or more tags are not valid.");
  if (map.size > mostTags) throw tooMany();
  return map;
}

export function tooMany(): AwsFault {
  return new AwsFault("LimitExceededException", "Too many tags");
}
