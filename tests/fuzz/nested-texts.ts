import fc from "fast-check";

const deepest = 50_000;

/**
 * JSON, whole or broken off, nested so deep that whoever reads it by recursion runs out of stack.
 *
 * @param openings such as `[` or `{"a":`
 */
export function nestedTexts(...openings: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({
      opening: fc.constantFrom(...openings),
      depth: fc.oneof(fc.nat(10), fc.nat(deepest), fc.constant(deepest)),
      isWhole: fc.boolean(),
    })
    .map(({ opening, depth, isWhole }) => nested(opening, depth, isWhole));
}

/** @example nested('{"a":', 2, true) // '{"a":{"a":["x"]}}' */
export function nested(opening: string, depth: number, isWhole: boolean): string {
  const open = opening.repeat(depth);
  return isWhole ? `${open}["x"]${closing(opening).repeat(depth)}` : open;
}

function closing(opening: string): string {
  return [...opening.matchAll(/[[{]/g)]
    .map(([bracket]) => (bracket === "[" ? "]" : "}"))
    .reverse()
    .join("");
}
