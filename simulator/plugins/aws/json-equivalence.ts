import { isDeepStrictEqual } from "node:util";
import { parsedJson } from "../../json-text.ts";

/** Whether two texts are the same JSON: the order of members and white space do not count. */
export function sameJson(left: string, right: string): boolean {
  const [leftValue, rightValue] = [parsedJson(left), parsedJson(right)];
  return leftValue !== undefined && isDeepStrictEqual(leftValue, rightValue);
}
