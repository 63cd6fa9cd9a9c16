/** Statements as a policy of their own, which can be pasted whole or taken apart. */
export function pasteablePolicy(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}
