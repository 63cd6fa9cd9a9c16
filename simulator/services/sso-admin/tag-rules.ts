import type { Tag } from "@aws-sdk/client-sso-admin";
import { validationException } from "../json-refusals.ts";

export const mostTags = 50;

/** @throws AwsFault ValidationException for a key that AWS reserves, a key given twice, or too many */
export function checkTags(tags: readonly Tag[]): void {
  for (const { Key, Value } of tags) {
    if (!isTagText(Key, 1, 128) || !isTagText(Value, 0, 256))
      throw validationException(`The tag ${Key ?? ""} is not valid.`);
    if (Key?.toLowerCase().startsWith("aws:"))
      throw validationException("Tag keys that start with aws: are reserved by AWS.");
  }
  if (readTags(tags).size < tags.length) throw validationException("A tag key is given more than once.");
  if (tags.length > mostTags) throw tooManyTags();
}

export function readTags(tags: readonly Tag[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

export function tooManyTags(): Error {
  return validationException(`A permission set can have ${mostTags} tags.`);
}

function isTagText(text: string | undefined, shortest: number, longest: number): boolean {
  return (
    text !== undefined &&
    text.length >= shortest &&
    text.length <= longest &&
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)
  );
}
