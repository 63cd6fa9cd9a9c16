import type { Comparison } from "./condition-comparisons.ts";
import { parseOperator } from "./condition-operator.ts";
import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { Condition, PolicyVersion } from "./policy-document.ts";
import type { ConditionText } from "./policy-schema.ts";
import { checkTemplate } from "./policy-variables.ts";

/** @throws MalformedPolicyError for an operator that does not exist, or a value that it cannot compare with */
export function parseConditions(text: ConditionText, version: PolicyVersion, place: string): readonly Condition[] {
  return Object.entries(text).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const condition = { operator, key, values: [values].flat().map(String) };
      check(condition, version, place);
      return condition;
    }),
  );
}

function check({ operator, key, values }: Condition, version: PolicyVersion, place: string): void {
  const known = parseOperator(operator);
  if (!known) throw new MalformedPolicyError(`${place}: "${operator}" is not a condition operator.`);
  if (!/^[^\s:]+:\S/.test(key)) {
    throw new MalformedPolicyError(`${place}.${operator}: "${key}" is not a condition key; write "service:key".`);
  }
  for (const value of values) {
    const accepted = accepts(known.comparison, value, version, `${place}.${operator}.${key}`);
    if (!accepted) throw new MalformedPolicyError(`${place}.${operator}.${key}: cannot compare with "${value}".`);
  }
}

function accepts(comparison: Comparison, value: string, version: PolicyVersion, place: string): boolean {
  switch (comparison.kind) {
    case "text":
      checkTemplate(value, version, place);
      return comparison.accepts === undefined || comparison.accepts.test(value) || value.includes("${");
    case "value":
      return comparison.compile(value) !== undefined;
    case "presence":
      return /^(?:true|false)$/i.test(value);
  }
}
