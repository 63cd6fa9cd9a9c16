import type { ApplicablePolicies, AuthorizationRequest, Decision, NamedPolicy, PolicyType } from "./authorization.ts";
import { missingAllow } from "./missing-allow.ts";
import type { Finding, Findings } from "./findings.ts";
import { readContext } from "./request-context.ts";
import { type Circumstances, compiledStatements } from "./statement-match.ts";

/**
 * Decides as AWS does: an explicit deny in any policy wins; otherwise every kind of policy that sets a limit has to
 * allow, and somebody has to grant.
 *
 * Where several kinds of policy deny, AWS names only one and does not say which; here it is the first in the order in
 * which AWS documents the evaluation: resource control, service control, resource-based, identity-based policies,
 * permissions boundary, session policies.
 *
 * - A root user, and so a root session, is granted everything in its own account. Its session policies (the task
 *   policies) limit it through their Deny statements only; identity-based policies and boundaries do not exist for it.
 * - Where a service does not let a policy bind somebody (the owner's root user and the bucket policy; see
 *   docs/aws-behaviour.md, sections 5 and 6), leave that policy out.
 * - Across accounts both sides have to allow. An action that AWS authorises on the caller's side alone, such as
 *   `sts:AssumeRoot`, is asked for with the caller's own account as `resourceAccountId`.
 *
 * Sources: IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic".
 *
 * @example
 * const decision = evaluate(request, { identity: [], session: [{ name: "task", document: taskPolicyDocument(task) }] });
 * if (!decision.allowed) console.error(decision.kind, decision.policyType, decision.statement);
 */
export function evaluate(request: AuthorizationRequest, policies: ApplicablePolicies): Decision {
  const findings = consult(request, policies);
  const all = inOrder(findings);
  const trace = all.map(({ line }) => line);
  const deny = all.find(({ line }) => line.matched && line.effect === "Deny");
  if (deny) {
    const { policyType, policy, statement } = deny.line;
    return { allowed: false, kind: "explicit", policyType, policy, statement, trace };
  }
  const lacking = missingAllow(request, findings, policies.resourceMustAllow === true);
  return lacking ? { allowed: false, kind: "implicit", policyType: lacking, trace } : { allowed: true, trace };
}

function consult(request: AuthorizationRequest, policies: ApplicablePolicies): Findings {
  const isRoot = request.principal.kind === "root";
  const boundary = isRoot ? undefined : policies.permissionsBoundary;
  const circumstances: Omit<Circumstances, "policyType"> = {
    request,
    context: readContext(request.context),
    hasPermissionsBoundary: boundary !== undefined,
  };
  const look = (type: PolicyType, list: readonly NamedPolicy[]) =>
    findingsOf(list, { ...circumstances, policyType: type });
  return {
    resourceControl: policies.resourceControl?.map((level) => look("resource control policy", level)) ?? [],
    serviceControl: policies.serviceControl?.map((level) => look("service control policy", level)) ?? [],
    resource: look("resource-based policy", policies.resource ? [policies.resource] : []),
    identity: look("identity-based policy", isRoot ? [] : policies.identity),
    permissionsBoundary: boundary && look("permissions boundary", [boundary]),
    session: policies.session && look("session policy", policies.session),
  };
}

function findingsOf(policies: readonly NamedPolicy[], circumstances: Circumstances): readonly Finding[] {
  const { policyType } = circumstances;
  return policies.flatMap(({ name, document }) =>
    compiledStatements(document).map((statement) => {
      const match = statement.match(circumstances);
      const about = { policyType, policy: name, statement: statement.name, effect: statement.effect };
      return match.matched
        ? { line: { ...about, matched: true, because: "it covers this request" }, namedAs: match.namedAs }
        : { line: { ...about, matched: false, because: match.because } };
    }),
  );
}

function inOrder(findings: Findings): readonly Finding[] {
  return [
    ...findings.resourceControl.flat(),
    ...findings.serviceControl.flat(),
    ...findings.resource,
    ...findings.identity,
    ...(findings.permissionsBoundary ?? []),
    ...(findings.session ?? []),
  ];
}
