import type { Request } from "./question.ts";

/**
 * A policy's text as a list of parts, with the request's values in place of variables. What came from the request, or
 * was written as `${*}`, is taken as it is; the rest may hold wildcards.
 */
export type Pattern = readonly { readonly text: string; readonly literal: boolean }[];

/**
 * "IAM policy elements: Variables and tags".
 *
 * @returns `undefined` when a variable has no value in this request
 */
export function patternOf(text: string, hasVariables: boolean, context: Request["context"]): Pattern | undefined {
  if (!hasVariables) return [{ text, literal: false }];
  const parts = text.split(/(\$\{.*?\})/).map((part) => {
    if (!part.startsWith("${")) return { text: part, literal: false };
    const value = variableValue(part.slice(2, -1).trim(), context);
    return value === undefined ? undefined : { text: value, literal: true };
  });
  return parts.includes(undefined) ? undefined : parts.filter((part) => part !== undefined);
}

function variableValue(variable: string, context: Request["context"]): string | undefined {
  if (["*", "?", "$"].includes(variable)) return variable;
  const [key = "", ...rest] = variable.split(",");
  const values = valuesOf(key.trim(), context);
  // "You cannot use a multivalued context key as a policy variable."
  if (values.length > 1) return undefined;
  const defaultValue = rest.length === 0 ? undefined : rest.join(",").trim().slice(1, -1);
  return values[0] ?? defaultValue;
}

/** "Context key names are not case-sensitive." */
export function valuesOf(key: string, context: Request["context"]): readonly string[] {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1] ?? [];
}

/** The pattern's text with nothing in it a wildcard. */
export function plainText(pattern: Pattern): string {
  return pattern.map(({ text }) => text).join("");
}

/** `*` stands for any run of characters, `?` for any one. */
export function matches(pattern: Pattern, text: string): boolean {
  return matchesWith(pattern, text, () => "[^]*", "[^]");
}

/**
 * The other reading of "wildcards within the individual segments of an ARN": in its first five segments a wildcard stays
 * within its own, save for a `*` that ends one, which "can expand to match beyond the colon boundaries".
 */
export function matchesWithinSegments(pattern: Pattern, text: string): boolean {
  const colonsBefore = (before: string): number => before.split(":").length - 1;
  const star = (before: string, after: string): string =>
    colonsBefore(before) >= 5 || after === "" || after.startsWith(":") ? "[^]*" : "[^:]*";
  return matchesWith(pattern, text, star, "[^:]");
}

function matchesWith(
  pattern: Pattern,
  text: string,
  star: (before: string, after: string) => string,
  one: string,
): boolean {
  const whole = plainText(pattern);
  let position = 0;
  let expression = "";
  for (const part of pattern) {
    for (const character of part.text.split("")) {
      const before = whole.slice(0, position);
      const after = whole.slice(position + 1);
      if (part.literal || (character !== "*" && character !== "?")) expression += itself(character);
      else if (character === "*") expression += star(before, after);
      else expression += before.split(":").length > 5 ? "[^]" : one;
      position++;
    }
  }
  return new RegExp(`^${expression}$`).test(text);
}

function itself(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
