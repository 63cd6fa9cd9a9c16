import fc from "fast-check";
import { type ApplicablePolicies, type Decision, evaluate, type NamedPolicy, parsePolicy } from "#iam";
import { questions } from "../oracle/arbitraries.ts";
import { judge } from "../oracle/judge.ts";
import type { Policies, Question, Verdict } from "../oracle/question.ts";
import { Undocumented } from "../oracle/undocumented.ts";
import { tally, type Tally } from "./tally.ts";

/** Random requests and policies: the evaluator and the oracle have to come to the same decision. */
export function agreement(): { readonly property: fc.IProperty<[Question]>; readonly counts: Tally["counts"] } {
  const { count, counts } = tally();
  const property = fc.property(questions, (question) => {
    const expected = opinion(question);
    const decision = evaluate(question.request, applicable(question.policies));
    count(expected === undefined ? "undocumented" : summary(expected));
    const difference = expected && disagreement(decision, expected);
    if (difference !== undefined) throw new Error(difference);
  });
  return { property, counts };
}

/** @returns `undefined` where AWS's documentation leaves the answer open */
function opinion(question: Question): Verdict | undefined {
  try {
    return judge(question);
  } catch (error) {
    if (error instanceof Undocumented) return undefined;
    throw error;
  }
}

/** @returns what differs, `undefined` when nothing does */
export function disagreement(decision: Decision, expected: Verdict): string | undefined {
  const same =
    decision.allowed || expected.allowed
      ? decision.allowed === expected.allowed
      : decision.kind === expected.kind && expected.policyTypes.includes(decision.policyType);
  return same ? undefined : `#iam: ${summary(decision, true)}; the oracle: ${summary(expected, true)}`;
}

function summary(answer: Decision | Verdict, withType = false): string {
  if (answer.allowed) return "allowed";
  const types = "policyTypes" in answer ? answer.policyTypes.join(" or ") : answer.policyType;
  return `${answer.kind} deny${withType ? ` by ${types}` : ""}`;
}

/** The question's policies as `#iam` takes them. */
export function applicable(policies: Policies): ApplicablePolicies {
  const { identity, session, permissionsBoundary, resource, resourceMustAllow, serviceControl, resourceControl } =
    policies;
  return {
    identity: identity.map(named),
    ...(session && { session: session.map(named) }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary: named(permissionsBoundary) }),
    ...(resource === undefined ? {} : { resource: named(resource) }),
    ...(resourceMustAllow && { resourceMustAllow }),
    ...(serviceControl && { serviceControl: serviceControl.map((level) => level.map(named)) }),
    ...(resourceControl && { resourceControl: resourceControl.map((level) => level.map(named)) }),
  };
}

function named(text: unknown, index = 0): NamedPolicy {
  return { name: `policy ${index + 1}`, document: parsePolicy(text) };
}
