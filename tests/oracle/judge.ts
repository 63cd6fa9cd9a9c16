import { type StatementInPolicy, statementsOf } from "./policy-text.ts";
import { type Named, waysNamed } from "./principal-match.ts";
import type { PolicyType, Question, Request, Verdict } from "./question.ts";
import { applies } from "./statement-match.ts";

/**
 * Decides a request from AWS's documentation alone: the naive, second opinion on the evaluator. It follows the IAM User
 * Guide's "How AWS enforcement code logic evaluates requests to allow or deny access" from top to bottom, and for
 * requests across accounts "Cross-account policy evaluation logic".
 *
 * @throws Undocumented where AWS's documentation leaves the answer open
 */
export function judge({ request, policies }: Question): Verdict {
  const { kind } = request.principal;
  const isRoot = kind === "root";
  // Only IAM users and roles have identity-based policies and a permissions boundary.
  const identity = isRoot ? [] : policies.identity;
  const boundary = isRoot || policies.permissionsBoundary === undefined ? undefined : [policies.permissionsBoundary];
  const apply = (texts: readonly unknown[]): readonly StatementInPolicy[] =>
    texts.flatMap(statementsOf).filter((statement) => applies(statement, request, boundary !== undefined));

  const applying = {
    resourceControl: policies.resourceControl?.map(apply) ?? [],
    serviceControl: policies.serviceControl?.map(apply) ?? [],
    resource: apply(policies.resource === undefined ? [] : [policies.resource]),
    identity: apply(identity),
    boundary: boundary && apply(boundary),
    session: policies.session && apply(policies.session),
  };

  const denying = (
    [
      ["resource control policy", applying.resourceControl.flat()],
      ["service control policy", applying.serviceControl.flat()],
      ["resource-based policy", applying.resource],
      ["identity-based policy", applying.identity],
      ["permissions boundary", applying.boundary ?? []],
      ["session policy", applying.session ?? []],
    ] satisfies [PolicyType, readonly StatementInPolicy[]][]
  ).filter(([, statements]) => statements.some(({ Effect }) => Effect === "Deny"));
  if (denying.length > 0) return { allowed: false, kind: "explicit", policyTypes: denying.map(([type]) => type) };

  if (!applying.resourceControl.every(hasAllow)) return implicit("resource control policy");
  if (!applying.serviceControl.every(hasAllow)) return implicit("service control policy");

  const sameAccount = request.principal.accountId === request.resourceAccountId;
  const granted = applying.resource.flatMap((statement) => waysGranted(statement, request));
  if (granted.length === 0 && (!sameAccount || policies.resourceMustAllow || kind === "service")) {
    return implicit("resource-based policy");
  }
  // A service acts by the resource's policy alone; the root user has full access by default.
  if (kind === "service" || isRoot) return { allowed: true };
  if (sameAccount && (granted.includes("itself") || granted.includes("everyone"))) return { allowed: true };
  const identityReplaced = sameAccount && granted.includes("its role");
  if (!identityReplaced && !hasAllow(applying.identity)) return implicit("identity-based policy");
  if (applying.boundary && !hasAllow(applying.boundary)) return implicit("permissions boundary");
  if (applying.session && !hasAllow(applying.session)) return implicit("session policy");
  return { allowed: true };
}

function hasAllow(statements: readonly StatementInPolicy[]): boolean {
  return statements.some(({ Effect }) => Effect === "Allow");
}

function implicit(policyType: PolicyType): Verdict {
  return { allowed: false, kind: "implicit", policyTypes: [policyType] };
}

function waysGranted({ Effect, Principal }: StatementInPolicy, { principal }: Request): readonly Named[] {
  return Effect === "Allow" && Principal ? waysNamed(Principal, principal) : [];
}
