export type Members = Record<string, unknown>;

/** A structure with what the SDK adds for its own sake taken off, so that two of them can be compared. */
export function comparableMembers(structure: object): Members {
  return Object.fromEntries(
    Object.entries(structure)
      .filter(([name, member]) => member !== undefined && name !== "$metadata")
      .map(([name, member]) => [name, comparable(member)]),
  );
}

function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  if (value instanceof Date) return { milliseconds: value.getTime() };
  // JSON members come as strings that can parse themselves.
  if (value instanceof String) return value.toString();
  if (Array.isArray(value)) return value.map(comparable);
  return typeof value === "object" && value !== null ? comparableMembers(value) : value;
}
