/**
 * What people call each statement of a policy: by its `Sid`, where it has one that no other has; by its place, counted from
 * 1, where it has none. S3 and SQS take a `Sid` that is empty, and the same one twice.
 *
 * @param sids of all statements, in the order of the policy
 * @example statementNames(["A", undefined, "B", "A"]); // ["A (statement 1)", "statement 2", "B", "A (statement 4)"]
 */
export function statementNames(sids: readonly (string | undefined)[]): readonly string[] {
  return sids.map((sid = "", index) => {
    const place = `statement ${index + 1}`;
    if (sid.trim() === "") return place;
    return sids.filter((other) => other === sid).length === 1 ? sid : `${sid} (${place})`;
  });
}
