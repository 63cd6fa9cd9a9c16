import { z } from "zod";
import {
  type AccessDenied,
  type ApplicablePolicies,
  type AuthorizationRequest,
  evaluate,
  parseArn,
  type PolicyType,
  type RequestPrincipal,
  statementNames,
} from "#iam";
import type { Denial } from "./denial.ts";
import type { KnownPolicies, KnownPolicy } from "./known-policies.ts";

/** A statement that denied, found by the evaluator among the policies that are known. */
export interface DenyingStatement {
  readonly policy: string;
  /** `Sid`, or `statement N`. */
  readonly statement: string;
  /** As its policy spells it. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` when no policy of that kind is known, or none of those denies it */
export function denyingStatement(denial: Denial, type: PolicyType, known: KnownPolicies): DenyingStatement | undefined {
  const policies = known[type];
  if (denial.said === undefined || policies === undefined) return undefined;
  const decision = evaluate(requestOf(denial.said, denial), applicable(type, policies));
  if (decision.allowed || decision.kind !== "explicit") return undefined;
  const policy = policies.find(({ name }) => name === decision.policy);
  const json = policy && statementJson(policy, decision.statement ?? "");
  return json && { policy: decision.policy ?? "", statement: decision.statement ?? "", json };
}

/** @returns whether the known identity-based policies allow what was asked; `undefined` when none are known */
export function isAllowedByIdentity(denial: Denial, action: string, known: KnownPolicies): boolean | undefined {
  const identity = known["identity-based policy"];
  if (denial.said === undefined || identity === undefined) return undefined;
  const request = requestOf(denial.said, denial);
  return evaluate({ ...request, action, resource: "*" }, { identity }).allowed;
}

/** The request as far as its refusal tells it. What a policy asks beyond that is absent, as AWS calls it. */
export function requestOf(
  { principalArn, action, resource = "*" }: AccessDenied,
  denial: Denial,
): AuthorizationRequest {
  const principal = principalOf(principalArn);
  const { accountId } = principal;
  const resourceAccountId = parseArn(resource)?.accountId ?? accountId;
  const task = denial.event?.taskPolicyArn;
  return {
    action,
    resource,
    principal,
    resourceAccountId: resourceAccountId === "" ? accountId : resourceAccountId,
    context: {
      "aws:PrincipalArn": principal.roleArn ?? principal.arn,
      "aws:PrincipalAccount": accountId,
      "aws:ResourceAccount": resourceAccountId,
      "aws:SecureTransport": "true",
      ...(principal.kind === "root" ? { "aws:AssumedRoot": "true" } : {}),
      ...(denial.event?.region === undefined ? {} : { "aws:RequestedRegion": denial.event.region }),
      ...(task === undefined ? {} : { "sts:TaskPolicyArn": task }),
    },
  };
}

function principalOf(arn: string): RequestPrincipal {
  const { accountId = "", resource = "" } = parseArn(arn) ?? {};
  if (resource === "root") return { kind: "root", accountId, arn };
  const [kind, roleName] = resource.split("/");
  if (kind !== "assumed-role" || roleName === undefined) return { kind: "user", accountId, arn };
  return { kind: "assumed-role", accountId, arn, roleArn: roleArn(accountId, roleName) };
}

/** A session's ARN leaves out the role's path; that of Identity Center's roles is known. */
function roleArn(accountId: string, roleName: string): string {
  const path = roleName.startsWith("AWSReservedSSO_") ? "aws-reserved/sso.amazonaws.com/" : "";
  return `arn:aws:iam::${accountId}:role/${path}${roleName}`;
}

function applicable(type: PolicyType, policies: readonly KnownPolicy[]): ApplicablePolicies {
  switch (type) {
    case "identity-based policy":
      return { identity: policies };
    case "service control policy":
      return { identity: [], serviceControl: [policies] };
    case "resource control policy":
      return { identity: [], resourceControl: [policies] };
    case "session policy":
      return { identity: [], session: policies };
    case "permissions boundary": {
      const [permissionsBoundary] = policies;
      return { identity: [], ...(permissionsBoundary ? { permissionsBoundary } : {}) };
    }
    case "resource-based policy": {
      const [resource] = policies;
      return { identity: [], ...(resource ? { resource } : {}) };
    }
  }
}

const statementSchema = z.record(z.string(), z.unknown());

/** A single statement may stand without its list. */
const statementsSchema = z.object({
  Statement: z.union([z.array(statementSchema), statementSchema.transform((statement) => [statement])]),
});

function statementJson({ text, document }: KnownPolicy, name: string): Readonly<Record<string, unknown>> | undefined {
  const { Statement: statements } = statementsSchema.parse(JSON.parse(text));
  const names = statementNames(document.statements.map(({ sid }) => sid));
  return statements[names.indexOf(name)];
}
