/** What CloudTrail never shows of a request or its answer. */
const hidden = new Set(["SecretAccessKey", "SessionToken", "Password", "Body"]);

/**
 * A request's or an answer's members as CloudTrail spells them: first letter (or leading acronym) in lower case,
 * secrets left out.
 */
export function camelCaseMembers(value: object): Record<string, unknown> | null {
  const members = Object.entries(value).filter(([name, member]) => !hidden.has(name) && member !== undefined);
  if (members.length === 0) return null;
  return Object.fromEntries(members.map(([name, member]) => [camelCase(name), convert(member)]));
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return undefined;
  return typeof value === "object" && value !== null ? camelCaseMembers(value) : value;
}

function camelCase(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (start) => start.toLowerCase());
}
