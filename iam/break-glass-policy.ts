import type { PolicyJson } from "./policy-json.ts";

/**
 * The inline policy of the permission set BreakGlassAssumeRoot: open root sessions, and see the organization's accounts
 * in the console.
 *
 * @example JSON.stringify(breakGlassPolicy())
 */
export function breakGlassPolicy(): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "AllowAssumeRoot", Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" },
      { Sid: "AllowListAccounts", Effect: "Allow", Action: consoleActions, Resource: "*" },
    ],
  };
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
