import type { PolicyJson, StatementJson } from "./policy-json.ts";

/** Something that the organization stack does, and the actions that whoever runs it needs for that. */
export interface PlatformPermission {
  readonly for: string;
  /** Seen in the sandbox, where a run with exactly these succeeds; or named by AWS's documentation for the live services. */
  readonly evidence: "observed" | "documented";
  readonly actions: readonly string[];
  /** @default every resource */
  readonly resources?: readonly string[];
}

const assumeRole = "sts:AssumeRole";

/**
 * What `pulumi up`, `preview`, `refresh` and `destroy` of the organization stack need in the management account and, where
 * the break-glass role is made there, in the delegate's. The README's table is compared with this.
 */
export const platformPermissions: readonly PlatformPermission[] = [
  {
    for: "trusted access, delegate",
    evidence: "observed",
    actions: [
      "organizations:EnableAWSServiceAccess",
      "organizations:DisableAWSServiceAccess",
      "organizations:ListAWSServiceAccessForOrganization",
      "organizations:RegisterDelegatedAdministrator",
      "organizations:DeregisterDelegatedAdministrator",
      "organizations:ListDelegatedAdministrators",
    ],
  },
  {
    for: "features",
    evidence: "observed",
    actions: [
      "iam:EnableOrganizationsRootCredentialsManagement",
      "iam:EnableOrganizationsRootSessions",
      "iam:DisableOrganizationsRootCredentialsManagement",
      "iam:DisableOrganizationsRootSessions",
      "iam:ListOrganizationsFeatures",
    ],
  },
  {
    for: "what the configuration names, looked up before anything is created",
    evidence: "observed",
    actions: [
      "organizations:DescribeOrganization",
      "organizations:ListAccounts",
      "organizations:ListRoots",
      "organizations:ListOrganizationalUnitsForParent",
      "sso:ListInstances",
      "identitystore:GetGroupId",
      "identitystore:GetUserId",
      "identitystore:DescribeGroup",
      "identitystore:DescribeUser",
    ],
  },
  {
    for: "fifty users or groups and more, which are listed; without it each is looked up",
    evidence: "documented",
    actions: ["identitystore:ListUsers", "identitystore:ListGroups"],
  },
  {
    for: "checks before anything is created; one that may not be made says what it needs, and ends nothing",
    evidence: "observed",
    actions: [
      "organizations:ListPolicies",
      "organizations:ListPoliciesForTarget",
      "organizations:ListAccountsForParent",
      "sso:ListPermissionSets",
      "iam:GetRole",
      "cloudtrail:GetTrail",
      "cloudtrail:GetTrailStatus",
      "cloudtrail:GetEventSelectors",
    ],
  },
  {
    for: "permission set, assignments (through Cloud Control)",
    evidence: "observed",
    actions: [
      "cloudformation:CreateResource",
      "cloudformation:GetResource",
      "cloudformation:UpdateResource",
      "cloudformation:DeleteResource",
      "cloudformation:GetResourceRequestStatus",
      "sso:CreatePermissionSet",
      "sso:UpdatePermissionSet",
      "sso:DeletePermissionSet",
      "sso:DescribePermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:GetInlinePolicyForPermissionSet",
      "sso:GetPermissionsBoundaryForPermissionSet",
      "sso:ListManagedPoliciesInPermissionSet",
      "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
      "sso:ListTagsForResource",
      "sso:ProvisionPermissionSet",
      "sso:DescribePermissionSetProvisioningStatus",
      "sso:CreateAccountAssignment",
      "sso:DeleteAccountAssignment",
      "sso:DescribeAccountAssignmentCreationStatus",
      "sso:DescribeAccountAssignmentDeletionStatus",
      "sso:ListAccountAssignments",
    ],
  },
  {
    for: "guardrails",
    evidence: "observed",
    actions: [
      "organizations:CreatePolicy",
      "organizations:DescribePolicy",
      "organizations:UpdatePolicy",
      "organizations:DeletePolicy",
      "organizations:AttachPolicy",
      "organizations:DetachPolicy",
      "organizations:ListTargetsForPolicy",
      "organizations:ListTagsForResource",
    ],
  },
  {
    for: "break-glass role, and the role that forwards alerts, in their accounts",
    evidence: "observed",
    actions: [
      "iam:CreateRole",
      "iam:GetRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:DeleteRole",
      "iam:PutRolePolicy",
      "iam:GetRolePolicy",
      "iam:DeleteRolePolicy",
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:PassRole",
    ],
    resources: ["arn:aws:iam::*:role/break-glass/*", "arn:aws:iam::*:role/alerts-*"],
  },
  {
    for: "the way into the delegate's account by `delegateAccess.role`",
    evidence: "observed",
    actions: [assumeRole],
  },
  {
    for: "alerts, in both accounts",
    evidence: "observed",
    actions: [
      "events:PutRule",
      "events:DescribeRule",
      "events:DeleteRule",
      "events:PutTargets",
      "events:ListTargetsByRule",
      "events:RemoveTargets",
      "events:ListTagsForResource",
      "sns:CreateTopic",
      "sns:GetTopicAttributes",
      "sns:SetTopicAttributes",
      "sns:DeleteTopic",
      "sns:ListTagsForResource",
      "sns:Subscribe",
      "sns:GetSubscriptionAttributes",
      "sns:Unsubscribe",
      "kms:CreateKey",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:PutKeyPolicy",
      "kms:EnableKeyRotation",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
      "kms:TagResource",
      "kms:ScheduleKeyDeletion",
      "kms:CreateAlias",
      "kms:ListAliases",
      "kms:DeleteAlias",
      "tag:GetResources",
      "ec2:DescribeRegions",
    ],
  },
  {
    for: "a look at a role or an alert topic that is there already",
    evidence: "documented",
    actions: [
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:GetRolePolicy",
      "sns:ListSubscriptionsByTopic",
      "sns:GetDataProtectionPolicy",
    ],
  },
  {
    for: "assignments to the management account",
    evidence: "documented",
    actions: [
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:GetRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:PutRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "iam:GetSAMLProvider",
    ],
    resources: ["arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*", "arn:aws:iam::*:saml-provider/AWSSSO_*"],
  },
];

/**
 * The policy of whoever runs the organization stack: one statement for each thing that it does.
 *
 * @param access `deploy` for `pulumi up` and `destroy`, `preview` for what only reads
 * @param delegateRoleArn the role in the delegate's account that `delegateAccess.role` names; without it none may be assumed
 * @example JSON.stringify(platformPolicy())
 */
export function platformPolicy({
  access = "deploy",
  delegateRoleArn,
}: {
  readonly access?: "deploy" | "preview" | undefined;
  readonly delegateRoleArn?: string | undefined;
} = {}): PolicyJson {
  const delegateRoles = delegateRoleArn === undefined ? [] : [delegateRoleArn];
  const statements = platformPermissions
    .map((permission) =>
      permission.actions.includes(assumeRole) ? { ...permission, resources: delegateRoles } : permission,
    )
    .map(({ actions, resources }, index): StatementJson => ({
      Sid: `Platform${index + 1}`,
      Effect: "Allow",
      Action: access === "deploy" ? actions : actions.filter(onlyReads),
      Resource: resources ?? "*",
    }))
    .filter(({ Action, Resource = [] }) => Action.length > 0 && Resource.length > 0);
  return { Version: "2012-10-17", Statement: statements };
}

/** By the names that AWS gives its actions. Without the way into the delegate's account nothing there could be read. */
function onlyReads(action: string): boolean {
  return action === assumeRole || /:(Describe|Get|List)/.test(action);
}
