import { parseArn, type PolicyType } from "#iam";
import type { Denial } from "./denial.ts";
import { denyingStatement, type DenyingStatement } from "./denying-statement.ts";
import type { Cause, Change, Diagnosis } from "./diagnosis.ts";
import { otherPolicy } from "./endpoint-policy.ts";
import { exempted } from "./exempted-statement.ts";
import type { KnownPolicies } from "./known-policies.ts";
import { pasteablePolicy } from "./pasteable-policy.ts";
import { isRootUser } from "./principal-arn.ts";
import { wrongTask } from "./wrong-task.ts";

/** Refusals in which AWS names the kind of policy (docs/aws-behaviour.md, sections 5 to 7). */
export function policyThatDenied(denial: Denial, known: KnownPolicies): Diagnosis {
  const { policyType, otherPolicyType } = denial.said ?? {};
  if (policyType === undefined) return otherPolicy(denial, otherPolicyType ?? "policy of an unknown kind");
  if (policyType === "session policy" && isRootUser(denial.said?.principalArn ?? "")) return wrongTask(denial);
  const statement = denyingStatement(denial, policyType, known);
  return {
    cause: causes[policyType],
    because: because(denial, policyType, statement),
    changes: changesFor(denial, policyType, statement),
    notChecked: statement || denial.said?.kind === "implicit" ? [] : [`which statement: ${readersOf[policyType]}`],
    denials: [denial],
  };
}

const causes: Readonly<Record<PolicyType, Cause>> = {
  "identity-based policy": "identity-policy-denies",
  "resource-based policy": "resource-policy",
  "session policy": "session-policy",
  "permissions boundary": "permissions-boundary",
  "service control policy": "service-control-policy",
  "resource control policy": "resource-control-policy",
};

/** Whose permission shows the statement. */
const readersOf: Readonly<Record<PolicyType, string>> = {
  "identity-based policy": "the policies of the caller (sso:GetInlinePolicyForPermissionSet, or iam:GetRolePolicy)",
  "resource-based policy": "the resource's policy",
  "session policy": "the policy that the session was opened with",
  "permissions boundary": "the boundary (iam:GetPolicyVersion)",
  "service control policy": "organizations:ListPoliciesForTarget and organizations:DescribePolicy",
  "resource control policy": "organizations:ListPoliciesForTarget and organizations:DescribePolicy",
};

function because({ said }: Denial, type: PolicyType, statement: DenyingStatement | undefined): string {
  const { principalArn = "", action = "", resource = "*", kind, policyArn } = said ?? {};
  const request = `${action} on ${resource} by ${principalArn}`;
  if (kind === "implicit") return `No ${type} allows ${request}.`;
  if (statement) return `Statement ${statement.statement} of the ${type} ${statement.policy} denies ${request}.`;
  return `A statement of a ${type}${policyArn === undefined ? "" : ` (${policyArn})`} denies ${request}.`;
}

function changesFor(denial: Denial, type: PolicyType, statement: DenyingStatement | undefined): readonly Change[] {
  const { kind, principalArn, action = "", resource = "*" } = denial.said ?? {};
  if (kind === "implicit") {
    const whom = type === "resource-based policy" ? { Principal: { AWS: principalArn } } : {};
    return [allowIn(type, { Effect: "Allow", ...whom, Action: action, Resource: resource })];
  }
  switch (type) {
    case "service control policy":
    case "resource control policy":
      return [exempted(denial, type, statement)];
    case "resource-based policy":
      return lockedResource(denial);
    case "identity-based policy":
    case "session policy":
    case "permissions boundary":
      return [narrowed(type, statement)];
  }
}

function allowIn(type: PolicyType, statement: object): Change {
  return { what: `Allow it in the ${type}${whose[type]}:`, json: pasteablePolicy(statement) };
}

const whose: Readonly<Record<PolicyType, string>> = {
  "identity-based policy": "",
  "resource-based policy": ", which the resource's account can edit",
  "session policy": ", which whoever opens the session gives",
  "permissions boundary": " of the user or role",
  "service control policy": " of every level from the root to the account; the management account can",
  "resource control policy": " of every level from the root to the account; the management account can",
};

function narrowed(type: PolicyType, statement: DenyingStatement | undefined): Change {
  return statement
    ? {
        what: `Take this statement out of the ${type} ${statement.policy}, or except the request from it:`,
        json: statement.json,
      }
    : {
        what: `Find the statement in the ${type} and except the request from it; a Deny cannot be outweighed by an Allow.`,
      };
}

/** A bucket's or a queue's own policy: what root sessions are for. */
function lockedResource({ said }: Denial): readonly Change[] {
  const arn = parseArn(said?.resource ?? "");
  const account = arn?.accountId || parseArn(said?.principalArn ?? "")?.accountId || "ACCOUNT";
  if (arn?.service === "s3") {
    const bucket = arn.resource.split("/")[0] ?? "";
    return [unlocking(`break-glass unlock s3 ${bucket} --account ${account} --dry-run`)];
  }
  if (arn?.service === "sqs") return [unlocking(`break-glass unlock sqs ${said?.resource ?? ""} --dry-run`)];
  return [
    {
      what: "Whoever may still change the resource's policy has to except the request from the Deny; root sessions unlock buckets and queues only.",
    },
  ];
}

function unlocking(command: string): Change {
  return {
    what: "If nobody in the account gets past it, break the glass; this shows what locks and what would change:",
    command,
  };
}
