import type { AccountId } from "./account-id.ts";
import { rootUserArn } from "./arn.ts";
import type { AuthorizationRequest, NamedPolicy, PolicyType } from "./authorization.ts";
import { type OrganizationPolicies, uncertainKeys } from "./blocked-tasks.ts";
import { evaluate } from "./evaluate.ts";
import { parsePolicy } from "./parse-policy.ts";
import { type TaskName, taskPolicyArn } from "./task.ts";

/** A role whose sessions are to open root sessions. */
export interface Opener {
  readonly roleArn: string;
  readonly tasks: readonly TaskName[];
}

/** Why somebody cannot open a root session for a task, whatever their own policy grants. */
export interface DeniedOpener {
  readonly task: TaskName;
  readonly policyType: PolicyType;
  /** Name of the policy that denies; absent where none allows. */
  readonly policy?: string;
  readonly statement?: string;
  /** Condition keys of that statement whose value depends on where a request comes from. */
  readonly dependsOn: readonly string[];
}

export interface OpeningFacts {
  /** The account from which root sessions are opened: a delegated administrator's. */
  readonly accountId: AccountId;
  /** The accounts in which they are to be opened. */
  readonly targets: readonly AccountId[];
  readonly organizationId?: string;
  /** Whose endpoint of STS is asked. */
  readonly region: string;
  readonly at: Date;
}

/**
 * The tasks for which the organization's policies would deny sts:AssumeRoot to a role of the account that they apply to
 * (docs/aws-behaviour.md, section 7). The management account is beyond them: do not ask for it.
 *
 * @param policies what is attached on the way from the root to the opener's own account
 * @returns one for each task, that of the first target for which it is denied
 * @example deniedOpeners(facts, { roleArn, tasks: taskNames }, { serviceControl: [[fullAccess], [fullAccess, onlyAdmins]] })
 */
export function deniedOpeners(
  facts: OpeningFacts,
  { roleArn, tasks }: Opener,
  policies: OrganizationPolicies,
): readonly DeniedOpener[] {
  return tasks.flatMap((task) => {
    for (const target of facts.targets) {
      const decision = evaluate(requestOf(task, target, roleArn, facts), { identity: [grantsAll], ...policies });
      if (decision.allowed) continue;
      const { policyType, policy, statement } = decision;
      const dependsOn = uncertainKeys(policies, policy, statement);
      return [{ task, policyType, ...(policy === undefined ? {} : { policy, statement }), dependsOn }];
    }
    return [];
  });
}

/** What the opener's own policy grants is not in question here. */
const grantsAll: NamedPolicy = {
  name: "the opener's own",
  document: parsePolicy(
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    "identity",
  ),
};

function requestOf(
  task: TaskName,
  target: AccountId,
  roleArn: string,
  { accountId, organizationId, region, at }: OpeningFacts,
): AuthorizationRequest {
  const role = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return {
    action: "sts:AssumeRoot",
    resource: rootUserArn(target),
    principal: {
      kind: "assumed-role",
      accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/${role}/session`,
      roleArn,
    },
    resourceAccountId: accountId,
    context: {
      "sts:TaskPolicyArn": taskPolicyArn(task),
      "aws:PrincipalArn": roleArn,
      "aws:PrincipalAccount": accountId,
      "aws:PrincipalType": "AssumedRole",
      ...(organizationId === undefined ? {} : { "aws:PrincipalOrgID": organizationId }),
      "aws:RequestedRegion": region,
      "aws:SecureTransport": "true",
      "aws:ViaAWSService": "false",
      "aws:PrincipalIsAWSService": "false",
      "aws:CurrentTime": at.toISOString(),
      "aws:EpochTime": String(Math.floor(at.getTime() / 1000)),
      // An address that no policy is likely to name.
      "aws:SourceIp": "240.0.0.1",
    },
  };
}
