import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { PolicyVersion } from "./policy-document.ts";
import type { RequestContext } from "./request-context.ts";
import { literalPattern, type WildcardPattern } from "./wildcard.ts";

/** A policy value, ready to be filled in: text with wildcards, and variables in between. */
export type Template = readonly (WildcardPattern | Variable)[];

/** `${key}` or `${key, 'default'}`. */
export interface Variable {
  readonly key: string;
  readonly defaultValue?: string;
}

/**
 * Splits a policy value into text and variables. `${*}`, `${?}` and `${$}` stand for these very characters.
 *
 * @param readText reads the text between variables: with wildcards, or literally
 * @throws MalformedPolicyError when a `${` does not open a well-formed variable
 */
export function parseTemplate(
  text: string,
  version: PolicyVersion,
  readText: (text: string) => WildcardPattern,
): Template {
  if (version === "2008-10-17" || !text.includes("${")) return [readText(text)];
  const parts = text.split(/(\$\{[^}]*\}?)/).filter((part) => part !== "");
  return parts.map((part) => (part.startsWith("${") ? parsePlaceholder(part) : readText(part)));
}

/**
 * @param place where the value stands in the policy, for the message
 * @throws MalformedPolicyError when a `${` does not open a well-formed variable
 */
export function checkTemplate(text: string, version: PolicyVersion, place: string): void {
  try {
    parseTemplate(text, version, literalPattern);
  } catch (error) {
    if (error instanceof MalformedPolicyError) throw new MalformedPolicyError(`${place}: ${error.message}`);
    throw error;
  }
}

/**
 * Puts the request's values in place of the variables. They are taken literally, wildcards included.
 *
 * @returns `undefined` when a variable has no single value in this request and no default: then nothing can match
 */
export function fillIn(template: Template, context: RequestContext): WildcardPattern | undefined {
  const [only] = template;
  // Most values hold no variable, and then every request takes the same pattern.
  if (template.length === 1 && only !== undefined && !("key" in only)) return only;
  const parts = template.map((part) => ("key" in part ? valueOf(part, context) : part));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function parsePlaceholder(text: string): WildcardPattern | Variable {
  const inner = text.slice(2, -1).trim();
  if (!text.endsWith("}")) throw new MalformedPolicyError(`"${text}" is a policy variable without its closing brace.`);
  if (inner === "*" || inner === "?" || inner === "$") return literalPattern(inner);
  const [, key, defaultValue] = /^([^\s:,']+:[^,']+?)(?:\s*,\s*'([^']*)')?$/.exec(inner) ?? [];
  if (key === undefined) throw new MalformedPolicyError(`"${text}" is not a policy variable.`);
  return { key: key.toLowerCase(), ...(defaultValue === undefined ? {} : { defaultValue }) };
}

/** A key with several values cannot be used as a variable. */
function valueOf({ key, defaultValue }: Variable, context: RequestContext): WildcardPattern | undefined {
  const values = context.get(key);
  const value = values === undefined ? defaultValue : values.length === 1 ? values[0] : undefined;
  return value === undefined ? undefined : literalPattern(value);
}

/** @returns the variables that {@link fillIn} finds no single value for */
export function unfilled(template: Template, context: RequestContext): readonly string[] {
  return template
    .filter((part) => "key" in part)
    .filter((variable) => valueOf(variable, context) === undefined)
    .map(({ key }) => key);
}
