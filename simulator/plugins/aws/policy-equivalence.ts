import { isDeepStrictEqual } from "node:util";
import { parsedJson } from "../../json-text.ts";

/**
 * Whether two policy texts say the same, as the official plugin sees it: neither layout nor the order of statements,
 * actions or resources counts, one value is the same as a list of it, and `*` the same as `{"AWS": "*"}`. What is no
 * JSON is compared as text.
 */
export function samePolicy(left: string, right: string): boolean {
  if (left === right) return true;
  const [leftDocument, rightDocument] = [parsedJson(left), parsedJson(right)];
  if (leftDocument === undefined || rightDocument === undefined) return false;
  return isDeepStrictEqual(canonical(leftDocument), canonical(rightDocument));
}

/** The text in one form, for a policy that was read back and differs from what was asked for. */
export function normalizedPolicy(text: string): string {
  const document = parsedJson(text);
  return document === undefined ? text : JSON.stringify(document);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return canonicalList(value);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, canonicalMember(name, member)]));
}

function canonicalMember(name: string, member: unknown): unknown {
  const isEveryone = (name === "Principal" || name === "NotPrincipal") && member === "*";
  return isEveryone ? { AWS: "*" } : canonical(member);
}

/** In one order; a list of one is the one. */
function canonicalList(items: readonly unknown[]): unknown {
  const sorted = items.map(canonical).sort((left, right) => compareText(JSON.stringify(left), JSON.stringify(right)));
  return sorted.length === 1 ? sorted[0] : sorted;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
