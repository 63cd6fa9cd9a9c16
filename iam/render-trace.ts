import type { Decision, TraceLine } from "./authorization.ts";

/**
 * A decision as text: the outcome in one sentence, then every policy with its statements in the order of the
 * evaluation. A statement that applies shows all of its elements, another one those that keep it from applying.
 *
 * @returns lines without a trailing line break
 * @example
 * console.error(renderTrace(evaluate(request, policies)));
 * // Denied: statement DenyAll of the resource-based policy "orders" denies it explicitly.
 * //
 * // resource-based policy "orders"
 * //   Deny DenyAll applies
 * //     Action: s3:GetBucketPolicy matches s3:*
 * //     Principal: arn:aws:iam::333333333333:user/ops is named
 */
export function renderTrace(decision: Decision): string {
  const byPolicy = Map.groupBy(decision.trace, ({ policyType, policy }) => `${policyType} "${policy}"`);
  const sections = [...byPolicy].map(([policy, lines]) => [policy, ...lines.flatMap(statementLines)].join("\n"));
  return [outcomeInWords(decision), ...sections].join("\n\n");
}

function outcomeInWords(decision: Decision): string {
  if (decision.allowed) return "Allowed: nothing denies it, and every kind of policy that has to allow it does.";
  const { kind, policyType, policy = "", statement = "" } = decision;
  return kind === "explicit"
    ? `Denied: statement ${statement} of the ${policyType} "${policy}" denies it explicitly.`
    : `Denied: no ${policyType} allows it.`;
}

function statementLines({ effect, statement, matched, elements }: TraceLine): readonly string[] {
  const telling = elements.filter((element) => matched || !element.matched);
  return [
    `  ${effect} ${statement} ${matched ? "applies" : "does not apply"}`,
    ...telling.map(({ element, because }) => `    ${element}: ${because}`),
  ];
}
