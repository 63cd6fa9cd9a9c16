import { compares } from "./comparison.ts";
import { type Pattern, patternOf, valuesOf } from "./pattern.ts";
import type { Request } from "./question.ts";
import type { StatementInPolicy } from "./policy-text.ts";
import { Undocumented } from "./undocumented.ts";

/**
 * "Conditions with multiple context keys or values": operators and keys are joined by AND.
 *
 * @throws Undocumented
 */
export function conditionHolds({ Condition, hasVariables }: StatementInPolicy, context: Request["context"]): boolean {
  const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
  // All are looked at, so that what is not documented shows up wherever it stands.
  return tests.map((test) => holds({ ...test, hasVariables }, context)).every((result) => result);
}

interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly hasVariables: boolean;
}

function holds({ operator, key, values, hasVariables }: Test, context: Request["context"]): boolean {
  const requestValues = valuesOf(key, context);
  const [, set, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const isEmpty = requestValues.every((value) => value === "");
  // "true (the key doesn't exist — it is null) or false (the key exists and its value is not null)", and an empty text
  // is a null dataset ("Multivalued context key examples").
  if (base === "Null") return values.some((wanted) => (wanted.toLowerCase() === "true") === isEmpty);

  const negated = /Not/.test(base);
  if (requestValues.length === 0) {
    if (ifExists !== undefined) return true;
    if (set !== undefined) return set === "ForAllValues";
    if (negated && !allResolve(values, hasVariables, context)) throw new Undocumented("a variable without a value");
    return negated;
  }
  const matchesOne = (requestValue: string): boolean =>
    valueMatches({ base: base.replace("Not", ""), negated, values, hasVariables }, requestValue, context);
  if (set === "ForAllValues") return overDataset(requestValues) ? requestValues.every(matchesOne) : true;
  if (set === "ForAnyValue") return overDataset(requestValues) ? requestValues.some(matchesOne) : false;
  if (requestValues.length > 1) throw new Undocumented("several values in the request and no set operator");
  return requestValues.every(matchesOne);
}

/** Whether there is anything to compare: an empty text is an empty data set. */
function overDataset(requestValues: readonly string[]): boolean {
  const filled = requestValues.filter((value) => value !== "");
  if (filled.length > 0 && filled.length < requestValues.length) {
    throw new Undocumented("an empty text among others");
  }
  return filled.length > 0;
}

/** Several values of the policy are joined by OR; for a negated operator by NOR. */
function valueMatches(
  { base, negated, values, hasVariables }: Omit<Test, "key" | "operator"> & { base: string; negated: boolean },
  requestValue: string,
  context: Request["context"],
): boolean {
  const patterns = values.map((value) => readValue(base, value, hasVariables, context));
  // "Any attempt to match it fails and causes the statement to be invalid."
  if (patterns.every((pattern) => pattern === undefined)) return false;
  if (patterns.includes(undefined)) throw new Undocumented("one variable of several without a value");
  return patterns.some((pattern) => pattern !== undefined && compares(base, pattern, requestValue)) !== negated;
}

function allResolve(values: readonly string[], hasVariables: boolean, context: Request["context"]): boolean {
  return values.every((value) => patternOf(value, hasVariables, context) !== undefined);
}

/** "You can use a policy variable with" the string, ARN and Boolean condition operators, and with no others. */
function readValue(
  base: string,
  value: string,
  hasVariables: boolean,
  context: Request["context"],
): Pattern | undefined {
  return patternOf(value, hasVariables && /^(String|Arn|Bool)/.test(base), context);
}
