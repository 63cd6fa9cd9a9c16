import { invalidParameterValue } from "./faults.ts";

export const mostTags = 50;

/** @throws AwsFault InvalidParameterValue */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const wrong = Object.entries(tags).find(
    ([key, value]) => !/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || value.length > 256,
  );
  if (wrong) throw invalidParameterValue(`The tag ${wrong[0]} is not valid.`);
  if (Object.keys(tags).length > mostTags) throw tooManyTags();
}

export function tooManyTags(): Error {
  return invalidParameterValue(`Too many tags are specified. Maximum number of tags are ${mostTags}.`);
}
