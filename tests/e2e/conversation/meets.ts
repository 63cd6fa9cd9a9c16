import type { Outcome } from "../clients/client.ts";
import { absent, type Expected, type Pattern } from "./step.ts";

/** Whether a call ended as expected. */
export function meets(outcome: Outcome, expected: Expected): boolean {
  if ("answer" in expected) return "answer" in outcome && matches(outcome.answer, expected.answer);
  return "refusal" in outcome && matches(outcome.refusal, { ...expected.refusal });
}

function matches(value: unknown, pattern: Pattern): boolean {
  if (pattern === absent) return value === undefined;
  if (pattern instanceof RegExp) return typeof value === "string" && pattern.test(value);
  if (isList(pattern)) return matchesList(value ?? [], pattern);
  if (typeof pattern !== "object") return value === pattern;
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(pattern).every(([name, member]) => matches(Reflect.get(value, name), member))
  );
}

/** A list of nothing and no list are one and the same to some clients. */
function matchesList(value: unknown, pattern: readonly Pattern[]): boolean {
  return (
    Array.isArray(value) &&
    value.length === pattern.length &&
    pattern.every((item, index) => matches(value[index], item))
  );
}

function isList(pattern: Pattern): pattern is readonly Pattern[] {
  return Array.isArray(pattern);
}
