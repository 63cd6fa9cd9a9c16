import type { AccountId } from "./account-id.ts";
import { rootUserArn } from "./arn.ts";
import type { PolicyJson, StatementJson } from "./policy-json.ts";
import { type TaskName, taskPolicyArn } from "./task.ts";

/** Which of the console's reads a holder gets: what the guides list, those and three that AWS adds, or none. */
export type AccountListing = "console" | "console-and-details" | "none";

export interface BreakGlassPolicyOptions {
  /**
   * The only tasks for which root sessions may be opened, by the condition key `sts:TaskPolicyArn`.
   *
   * @default every task, those that AWS may add later included
   */
  readonly tasks?: readonly TaskName[] | undefined;
  /**
   * The only member accounts in which root sessions may be opened.
   *
   * @default every member account
   */
  readonly targetAccounts?: readonly AccountId[] | undefined;
  /**
   * What the console needs to show accounts; people who only use the command line can do without.
   *
   * @default "console"
   */
  readonly accountListing?: AccountListing | undefined;
  /**
   * The reads that the command's checks like to have; a check without them says `not checked`.
   *
   * @default false
   */
  readonly preflight?: boolean | undefined;
}

/**
 * The inline policy of a break-glass permission set or role. Without options it is the one that the guides give: every
 * task, every member account, and the console's account list.
 *
 * AWS facts: docs/aws-behaviour.md, section 8.
 *
 * @example JSON.stringify(breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"] }))
 */
export function breakGlassPolicy(options: BreakGlassPolicyOptions = {}): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [
      allowAssumeRoot(options),
      ...allowListAccounts(options.accountListing ?? "console"),
      ...(options.preflight ? [allow("AllowPreflight", preflightActions)] : []),
    ],
  };
}

/**
 * What IAM Identity Center counts of an inline policy: its bytes without white space, 10,240 at most
 * (docs/aws-behaviour.md, section 4).
 */
export function inlinePolicySize(policy: PolicyJson): number {
  return Buffer.byteLength(JSON.stringify(policy).replaceAll(/\s/g, ""));
}

export const largestInlinePolicy = 10_240;

function allowAssumeRoot({ tasks, targetAccounts }: BreakGlassPolicyOptions): StatementJson {
  return {
    Sid: "AllowAssumeRoot",
    Effect: "Allow",
    Action: "sts:AssumeRoot",
    Resource: targetAccounts?.map(rootUserArn) ?? "*",
    ...(tasks ? { Condition: { StringEquals: { "sts:TaskPolicyArn": tasks.map(taskPolicyArn) } } } : {}),
  };
}

function allowListAccounts(listing: AccountListing): readonly StatementJson[] {
  switch (listing) {
    case "console":
      return [allow("AllowListAccounts", consoleActions)];
    case "console-and-details":
      return [allow("AllowListAccounts", [...consoleActions, ...consoleDetailActions])];
    case "none":
      return [];
  }
}

function allow(sid: string, actions: readonly string[]): StatementJson {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: "*" };
}

/** What the IAM console calls before it can show the account list and the tree of organizational units. */
export const consoleActions = [
  "organizations:ListDelegatedAdministrators",
  "organizations:ListAWSServiceAccessForOrganization",
  "organizations:DescribeOrganization",
  "organizations:ListRoots",
  "organizations:ListAccountsForParent",
  "organizations:ListOrganizationalUnitsForParent",
  "ec2:DescribeRegions",
  "sso:DescribeRegisteredRegions",
  "sso:ListInstances",
  "iam:ListSTSRegionalEndpointsStatus",
  "iam:GetOutboundWebIdentityFederationInfo",
  "iam:GetAccountSummary",
  "iam:ListAccountAliases",
  "iam:ListOrganizationsFeatures",
  "account:GetAccountInformation",
] as const;

/** What AWS's own list for the console has beyond that. */
export const consoleDetailActions = [
  "organizations:DescribeAccount",
  "organizations:ListParents",
  "organizations:ListTagsForResource",
] as const;

/** Policies of the target and above it, the permission sets and who holds them, the latest events. */
export const preflightActions = [
  "organizations:DescribeAccount",
  "organizations:ListParents",
  "organizations:ListPoliciesForTarget",
  "organizations:DescribePolicy",
  "sso:ListPermissionSets",
  "sso:DescribePermissionSet",
  "sso:GetInlinePolicyForPermissionSet",
  "sso:ListAccountAssignments",
  "cloudtrail:LookupEvents",
] as const;
