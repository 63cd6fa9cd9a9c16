import { causeWithoutReason } from "./cause-without-reason.ts";
import { consoleRound } from "./console-rounds.ts";
import type { Denial } from "./denial.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { KnownPolicies } from "./known-policies.ts";
import { missingPermissions } from "./missing-permissions.ts";
import { policyThatDenied } from "./policy-that-denied.ts";

/**
 * Explains refusals: which kind of policy denied and by which statement, or what is missing, and the smallest change
 * that would allow it. What several refusals of one principal lack is one change.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 2, 7 and 8. Which statement denied is found by the evaluator where the
 * policies are known, and said to be unknown otherwise.
 *
 * @param known policies that may be looked into; none by default
 * @example
 * for (const { because, changes } of diagnose(readDenials(text))) console.log(because, changes[0]?.what);
 */
export function diagnose(denials: readonly Denial[], known: KnownPolicies = {}): readonly Diagnosis[] {
  const distinct = [...Map.groupBy(denials, identityOf).values()].flatMap(([first]) => first ?? []);
  const { missing = [], console = [], other = [] } = Object.groupBy(distinct, kindOf);
  return [
    ...other.map((denial) => (denial.said?.kind ? policyThatDenied(denial, known) : causeWithoutReason(denial))),
    ...missingPermissions(missing, console, known),
  ];
}

/** The same refusal again is no second one, whenever it happened. */
function identityOf({ message, operation, event }: Denial): string {
  return JSON.stringify([message, operation, event?.taskPolicyArn]);
}

function kindOf({ message, said }: Denial): "missing" | "console" | "other" {
  if (consoleRound(message) !== undefined) return "console";
  return said?.kind === "implicit" && said.policyType === "identity-based policy" ? "missing" : "other";
}
