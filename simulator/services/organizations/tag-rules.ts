import type { Tag } from "@aws-sdk/client-organizations";
import { constraintViolation, invalidInput } from "./faults.ts";

export const mostTags = 50;

/** @throws AwsFault InvalidInputException for a key given twice, ConstraintViolationException for too many tags */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  if (map.size < tags.length) throw invalidInput("DUPLICATE_TAG_KEY", "You specified a tag key more than once.");
  return checkedCount(map);
}

export function checkedCount(tags: Map<string, string>): Map<string, string> {
  if (tags.size <= mostTags) return tags;
  throw constraintViolation("MAX_TAG_LIMIT_EXCEEDED", "You have exceeded the number of tags allowed on this resource.");
}
