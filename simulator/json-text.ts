/**
 * The value of a JSON text; `undefined`, which no JSON text means, for a text that is none.
 *
 * @example parsedJson('{"a":1}') // { a: 1 }
 * @example parsedJson("{") // undefined
 */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isJson(text: string): boolean {
  return parsedJson(text) !== undefined;
}
