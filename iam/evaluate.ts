import type {
  ApplicablePolicies,
  AuthorizationRequest,
  Decision,
  Denied,
  NamedPolicy,
  PolicyType,
} from "./authorization.ts";
import type { Circumstances } from "./element-test.ts";
import { type Finding, type Findings, inOrder, traceOf } from "./findings.ts";
import { missingAllow } from "./missing-allow.ts";
import { readContext } from "./request-context.ts";
import { compiledStatements } from "./statement-match.ts";

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
  const deny = all.find(({ namedAs, statement }) => namedAs !== undefined && statement.effect === "Deny");
  const lacking = deny ? undefined : missingAllow(request, findings, policies.resourceMustAllow === true);
  return {
    ...outcomeOf(deny, lacking),
    get trace() {
      return traceOf(all);
    },
  };
}

type Outcome = { readonly allowed: true } | Omit<Denied, "trace">;

function outcomeOf(deny: Finding | undefined, lacking: PolicyType | undefined): Outcome {
  if (deny) {
    const { circumstances, policy, statement } = deny;
    const { policyType } = circumstances;
    return { allowed: false, kind: "explicit", policyType, policy, statement: statement.name };
  }
  return lacking ? { allowed: false, kind: "implicit", policyType: lacking } : { allowed: true };
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
  const findings: Finding[] = [];
  for (const { name, document } of policies) {
    for (const statement of compiledStatements(document)) {
      findings.push({ circumstances, policy: name, statement, namedAs: statement.match(circumstances) });
    }
  }
  return findings;
}
