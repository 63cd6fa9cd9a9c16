import type { AccountId } from "./account-id.ts";
import { rootUserArn } from "./arn.ts";
import type { ApplicablePolicies, AuthorizationRequest, NamedPolicy, PolicyType } from "./authorization.ts";
import { evaluate } from "./evaluate.ts";
import { statementNames } from "./statement-name.ts";
import type { TaskName } from "./task.ts";

/** The organization's policies that apply to an account: one list a level, from the root down to the account itself. */
export type OrganizationPolicies = Pick<ApplicablePolicies, "serviceControl" | "resourceControl">;

/** Why a root session in an account could be opened for a task and could not do it. */
export interface BlockedTask {
  readonly task: TaskName;
  /** The first action of the task that is denied. */
  readonly action: string;
  readonly policyType: PolicyType;
  /** Name of the policy that denies; absent where none allows. */
  readonly policy?: string;
  readonly statement?: string;
  /** Condition keys of that statement whose value depends on where a request comes from or what it is about. */
  readonly dependsOn: readonly string[];
}

export interface RootSessionFacts {
  readonly accountId: AccountId;
  readonly organizationId?: string;
  /** Where the buckets and queues are taken to be; IAM is asked in us-east-1. */
  readonly region: string;
  readonly at: Date;
}

/**
 * The tasks that the organization's policies would deny to a root session in an account. A session in a member account
 * is under its service control policies, and what it touches under its resource control policies
 * (docs/aws-behaviour.md, section 7); AWS opens the session all the same.
 *
 * @param policies what is attached on the way from the root to the account
 * @example blockedTasks(facts, { serviceControl: [[fullAccess], [fullAccess, denyRootUser]] })
 */
export function blockedTasks(facts: RootSessionFacts, policies: OrganizationPolicies): readonly BlockedTask[] {
  return taskActions.flatMap(({ task, actions }) => {
    for (const action of actions) {
      const decision = evaluate(requestOf(action, facts), { identity: [], ...policies });
      if (decision.allowed) continue;
      const { policyType, policy, statement } = decision;
      const dependsOn = uncertainKeys(policies, policy, statement);
      return [{ task, action, policyType, ...(policy === undefined ? {} : { policy, statement }), dependsOn }];
    }
    return [];
  });
}

interface TaskActions {
  readonly task: TaskName;
  readonly actions: readonly string[];
}

/** What each task has to do: its write last, as a session reads first. */
const taskActions: readonly TaskActions[] = [
  { task: "S3UnlockBucketPolicy", actions: ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] },
  { task: "SQSUnlockQueuePolicy", actions: ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"] },
  {
    task: "IAMAuditRootUserCredentials",
    actions: ["iam:GetAccountSummary", "iam:ListAccessKeys", "iam:ListMFADevices", "iam:ListSigningCertificates"],
  },
  {
    task: "IAMDeleteRootUserCredentials",
    actions: [
      "iam:DeleteAccessKey",
      "iam:DeleteSigningCertificate",
      "iam:DeleteLoginProfile",
      "iam:DeactivateMFADevice",
    ],
  },
  { task: "IAMCreateRootUserPassword", actions: ["iam:GetLoginProfile", "iam:CreateLoginProfile"] },
];

function requestOf(action: string, { accountId, organizationId, region, at }: RootSessionFacts): AuthorizationRequest {
  const arn = rootUserArn(accountId);
  const inIam = action.startsWith("iam:");
  return {
    action,
    resource: resourceOf(action, accountId, region),
    principal: { kind: "root", accountId, arn },
    resourceAccountId: accountId,
    context: {
      "aws:AssumedRoot": "true",
      "aws:PrincipalArn": arn,
      "aws:PrincipalAccount": accountId,
      "aws:PrincipalType": "Account",
      "aws:ResourceAccount": accountId,
      "aws:userid": accountId,
      ...(organizationId === undefined
        ? {}
        : { "aws:PrincipalOrgID": organizationId, "aws:ResourceOrgID": organizationId }),
      "aws:RequestedRegion": inIam ? "us-east-1" : region,
      "aws:SecureTransport": "true",
      "aws:ViaAWSService": "false",
      "aws:PrincipalIsAWSService": "false",
      "aws:CurrentTime": at.toISOString(),
      "aws:EpochTime": String(Math.floor(at.getTime() / 1000)),
      // An address that no policy is likely to name.
      "aws:SourceIp": "240.0.0.1",
      ...(action.startsWith("s3:") ? { "s3:TlsVersion": "1.3", "s3:ResourceAccount": accountId } : {}),
    },
  };
}

/** A bucket or queue that no policy is likely to name: what is denied here is denied for any. */
function resourceOf(action: string, accountId: AccountId, region: string): string {
  if (action.startsWith("s3:")) return "arn:aws:s3:::any-bucket-of-this-account";
  if (action.startsWith("sqs:")) return `arn:aws:sqs:${region}:${accountId}:any-queue-of-this-account`;
  return action === "iam:GetAccountSummary" ? "*" : rootUserArn(accountId);
}

/** Keys by which a request from elsewhere, or about another resource, would be decided otherwise. */
const uncertain = /^aws:(SourceIp|SourceVpc|SourceVpce|VpcSourceIp|RequestedRegion|ResourceTag\/.*)$/i;

/** Condition keys of a denying statement by which a request from elsewhere would be decided otherwise. */
export function uncertainKeys(policies: OrganizationPolicies, name?: string, statement?: string): readonly string[] {
  const levels = [...(policies.resourceControl ?? []), ...(policies.serviceControl ?? [])];
  const policy = levels.flat().find((candidate) => candidate.name === name);
  return [...new Set(conditionKeys(policy, statement).filter((key) => uncertain.test(key)))];
}

function conditionKeys(policy: NamedPolicy | undefined, statement: string | undefined): readonly string[] {
  const statements = policy?.document.statements ?? [];
  const names = statementNames(statements.map(({ sid }) => sid));
  return statements.find((_, index) => names[index] === statement)?.conditions.map(({ key }) => key) ?? [];
}
