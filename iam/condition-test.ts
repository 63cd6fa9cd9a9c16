import type { Comparison } from "./condition-comparisons.ts";
import { type ConditionOperator, parseOperator } from "./condition-operator.ts";
import type { ElementTest } from "./element-test.ts";
import { explainCondition } from "./explain-condition.ts";
import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { Condition, PolicyVersion } from "./policy-document.ts";
import { fillIn, parseTemplate } from "./policy-variables.ts";
import type { RequestContext } from "./request-context.ts";

/**
 * One operator on one key.
 *
 * @throws MalformedPolicyError for a condition that did not come through the parser
 */
export function conditionTest(condition: Condition, version: PolicyVersion): ElementTest {
  const operator = parseOperator(condition.operator);
  if (!operator) throw new MalformedPolicyError(`"${condition.operator}" is not a condition operator.`);
  const holds = compileOperator(operator, condition, version);
  return {
    element: "Condition",
    holds: ({ context }) => holds(context),
    explain: ({ context }) => explainCondition({ condition, operator, version, context, holds: holds(context) }),
  };
}

function compileOperator(
  { quantifier, comparison, ifExists }: ConditionOperator,
  { key, values }: Condition,
  version: PolicyVersion,
): (context: RequestContext) => boolean {
  const contextKey = key.toLowerCase();
  if (comparison.kind === "presence") {
    return (context) => {
      const isNull = filled(context.get(contextKey) ?? []).length === 0;
      return values.some((wanted) => (wanted.toLowerCase() === "true") === isNull);
    };
  }
  const { negated } = comparison;
  const compareAll = compileComparison(comparison, values, version);
  return (context) => {
    const requestValues = context.get(contextKey);
    if (!requestValues) return ifExists || quantifier === "ForAllValues" || (quantifier === undefined && negated);
    const compare = compareAll(context);
    if (quantifier === "ForAllValues") return filled(requestValues).every(compare);
    if (quantifier === "ForAnyValue") return filled(requestValues).some(compare);
    return negated ? requestValues.every(compare) : requestValues.some(compare);
  };
}

/**
 * Set operators and `Null` take a key that resolves to an empty text for one without values (IAM User Guide,
 * "Multivalued context key examples").
 */
function filled(requestValues: readonly string[]): readonly string[] {
  return requestValues.filter((value) => value !== "");
}

type ValueTest = (requestValue: string) => boolean;

/** The values of a condition are alternatives; of a negated one, all must fail to compare. */
function compileComparison(
  comparison: Exclude<Comparison, { kind: "presence" }>,
  values: readonly string[],
  version: PolicyVersion,
): (context: RequestContext) => ValueTest {
  const { negated } = comparison;
  if (comparison.kind === "value") {
    const tests = values.map((value) => comparison.compile(value) ?? never);
    const test: ValueTest = (requestValue) => tests.some((compares) => compares(requestValue)) !== negated;
    return () => test;
  }
  const templates = values.map((value) => parseTemplate(value, version, comparison.readText));
  return (context) => {
    const patterns = templates.map((template) => fillIn(template, context));
    // A variable without a value makes the comparison fail, whichever way the operator points.
    if (negated && patterns.includes(undefined)) return never;
    const usable = patterns.filter((pattern) => pattern !== undefined);
    return (requestValue) => usable.some((pattern) => comparison.compare(pattern, requestValue)) !== negated;
  };
}

const never: ValueTest = () => false;
