import { isDeepStrictEqual } from "node:util";

/** @returns `undefined` for a text that is not JSON */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Two texts that hold the same JSON, whatever the order of members. */
export function saysTheSame(one: string, other: string): boolean {
  return one === other || isDeepStrictEqual(parsedJson(one), parsedJson(other));
}
