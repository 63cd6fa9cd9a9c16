/** Condition keys, in lower case because AWS compares them without regard to case, with at least one value each. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A key with an empty list is as good as absent: AWS calls both null. */
export function readContext(context: Readonly<Record<string, string | readonly string[]>>): RequestContext {
  const read = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(context)) {
    const values = typeof value === "string" ? [value] : value;
    if (values.length > 0) read.set(key.toLowerCase(), values);
  }
  return read;
}
