import type { ConditionOperator } from "./condition-operator.ts";
import type { Condition, PolicyVersion } from "./policy-document.ts";
import { fillIn, parseTemplate, type Template } from "./policy-variables.ts";
import type { RequestContext } from "./request-context.ts";
import { withoutValue } from "./resource-test.ts";
import { patternText, wildcardPattern } from "./wildcard.ts";

interface ConditionResult {
  readonly condition: Condition;
  readonly operator: ConditionOperator;
  readonly version: PolicyVersion;
  readonly context: RequestContext;
  readonly holds: boolean;
}

/** @returns `StringEquals aws:PrincipalOrgID "o-1": the request has "o-2"`, for a person */
export function explainCondition({ condition, operator, version, context, holds }: ConditionResult): string {
  const { comparison } = operator;
  const templates =
    comparison.kind === "text" ? condition.values.map((value) => parseTemplate(value, version, wildcardPattern)) : [];
  const wanted = condition.values.map((value, index) => withFilledIn(value, templates[index], context)).join(", ");
  const found = context.get(condition.key.toLowerCase());
  const request =
    found === undefined
      ? `the key is not in the request${holds ? takenAsMet(operator) : ""}`
      : `the request has ${found.map(quoted).join(", ")}`;
  return [`${condition.operator} ${condition.key} ${wanted}: ${request}`, ...withoutValue(templates, context)].join(
    "; ",
  );
}

function withFilledIn(value: string, template: Template | undefined, context: RequestContext): string {
  if (template === undefined || template.every((part) => !("key" in part))) return quoted(value);
  const pattern = fillIn(template, context);
  return pattern === undefined ? quoted(value) : `${quoted(value)} (here ${quoted(patternText(pattern))})`;
}

/** Why a condition on an absent key holds. */
function takenAsMet({ comparison, quantifier, ifExists }: ConditionOperator): string {
  if (comparison.kind === "presence") return "";
  if (ifExists) return ", which IfExists takes as met";
  return quantifier === "ForAllValues"
    ? ", which ForAllValues takes as met"
    : ", which a negated operator takes as met";
}

function quoted(text: string): string {
  return `"${text}"`;
}
