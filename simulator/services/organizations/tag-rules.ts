import type { Tag } from "@aws-sdk/client-organizations";
import { constraintViolation, invalidInput, invalidPattern, tooLong, tooShort } from "./faults.ts";

export const mostTags = 50;

/** @throws AwsFault InvalidInputException for a key given twice, ConstraintViolationException for too many tags */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  for (const [key, value] of map) {
    checkTagKey(key);
    checkTagText(value, 0, 256);
  }
  if (map.size < tags.length) throw invalidInput("DUPLICATE_TAG_KEY", "You specified a tag key more than once.");
  return checkedCount(map);
}

/** @throws AwsFault InvalidInputException for a key that is empty, too long or of other characters */
export function checkTagKey(key: string): void {
  checkTagText(key, 1, 128);
}

function checkTagText(text: string, shortest: number, longest: number): void {
  if (text.length < shortest) throw tooShort();
  if (text.length > longest) throw tooLong();
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)) throw invalidPattern();
}

export function checkedCount(tags: Map<string, string>): Map<string, string> {
  if (tags.size <= mostTags) return tags;
  throw constraintViolation("MAX_TAG_LIMIT_EXCEEDED", "You have exceeded the number of tags allowed on this resource.");
}
