import { isDeepStrictEqual } from "node:util";

/** Whether two texts are the same JSON: the order of members and white space do not count. */
export function sameJson(left: string, right: string): boolean {
  const [leftValue, rightValue] = [parsed(left), parsed(right)];
  return leftValue !== undefined && isDeepStrictEqual(leftValue, rightValue);
}

export function isJson(text: string): boolean {
  return parsed(text) !== undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
