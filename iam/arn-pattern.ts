import { matchesWildcards, type WildcardPattern } from "./wildcard.ts";

/**
 * Compares as the ARN condition operators do: each of an ARN's six parts by itself, so that a wildcard never reaches
 * across a colon, save within the resource.
 */
export function matchesArn(pattern: WildcardPattern, arn: string): boolean {
  const patterns = patternParts(pattern);
  const parts = arnParts(arn);
  return (
    patterns.length === partCount &&
    parts.length === partCount &&
    patterns.every((part, index) => matchesWildcards(part, parts[index] ?? ""))
  );
}

const partCount = 6;
const colon = ":".charCodeAt(0);

function patternParts(pattern: WildcardPattern): readonly WildcardPattern[] {
  const parts: WildcardPattern[] = [];
  let from = 0;
  while (parts.length < partCount - 1) {
    const end = pattern.indexOf(colon, from);
    if (end < 0) break;
    parts.push(pattern.slice(from, end));
    from = end + 1;
  }
  return [...parts, pattern.slice(from)];
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= partCount ? parts : [...parts.slice(0, partCount - 1), parts.slice(partCount - 1).join(":")];
}
