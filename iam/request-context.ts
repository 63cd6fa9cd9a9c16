/** Condition keys, in lower case because AWS compares them without regard to case, with at least one value each. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A key with an empty list is as good as absent: AWS calls both null. */
export function readContext(context: Readonly<Record<string, string | readonly string[]>>): RequestContext {
  const entries = Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()] as const);
  return new Map(entries.filter(([, values]) => values.length > 0));
}
