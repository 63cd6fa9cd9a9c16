/** Where something stands in a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a policy's statements stand in its text, whether `Statement` is a list or one object.
 *
 * @param policyText a text that the policy parser has accepted
 */
export function statementSpans(policyText: string): readonly Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let element: string | undefined;
  let start = 0;
  for (const { 0: token, index } of policyText.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token.startsWith('"')) {
      // Texts directly within the policy are names of elements and the values of Version and Id.
      if (depth === 1) element = String(JSON.parse(token));
    } else if (token === "{" || token === "[") {
      // A list is no level of its own: then a single statement and one in a list are equally deep.
      if (token === "[") continue;
      if (depth === 1 && element === "Statement") start = index;
      depth++;
    } else if (token === "}") {
      depth--;
      if (depth === 1 && element === "Statement") spans.push({ start, end: index + 1 });
    }
  }
  return spans;
}

/**
 * The policy without some of its statements; all that stays is as it was, byte for byte, and separated as it was.
 *
 * @param removed indexes of the statements to leave out
 * @returns `undefined` when no statement would be left
 */
export function withoutStatements(policyText: string, removed: ReadonlySet<number>): string | undefined {
  const spans = statementSpans(policyText);
  const kept = spans.map((span, index) => ({ ...span, index })).filter(({ index }) => !removed.has(index));
  if (kept.length === 0) return undefined;
  const before = policyText.slice(0, spans[0]?.start);
  const after = policyText.slice(spans.at(-1)?.end);
  const statements = kept.map(({ start, end, index }, position) => {
    const separator = position === 0 ? "" : policyText.slice(spans[index - 1]?.end, start);
    return separator + policyText.slice(start, end);
  });
  return [before, ...statements, after].join("");
}
