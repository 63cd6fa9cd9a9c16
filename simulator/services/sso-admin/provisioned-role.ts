import { randomBytes } from "node:crypto";
import type { AccountId } from "#iam";
import { iamId } from "../../aws-identifiers.ts";
import type { IdentityCenterState, PermissionSet, ProvisionedPermissionSet } from "../../state/identity-center.ts";
import { iamOf, type State } from "../../state/state.ts";

const inlinePolicyName = "AwsSSOInlinePolicy";

/**
 * Gives an account the permission set as it is now: makes its role, or brings the role up to date. Sessions have what
 * the role has, so a later change of the set does nothing until it is provisioned again (docs/aws-behaviour.md,
 * section 4).
 */
export function provision(state: State, set: PermissionSet, accountId: AccountId, now: Date): void {
  const known = set.provisioned.get(accountId);
  const given = snapshot(set, known?.roleName ?? newRoleName(set));
  set.provisioned.set(accountId, given);
  if (!known) addRole(state, given, accountId, now);
  updateRole(state, given, accountId);
}

/** Takes the permission set's role away from an account. */
export function deprovision(state: State, set: PermissionSet, accountId: AccountId): void {
  const given = set.provisioned.get(accountId);
  if (!given) return;
  iamOf(state, accountId).roles.delete(given.roleName);
  set.provisioned.delete(accountId);
}

/** Whether an account has the permission set as it is now. */
export function isUpToDate(set: PermissionSet, given: ProvisionedPermissionSet): boolean {
  return JSON.stringify(snapshot(set, given.roleName)) === JSON.stringify(given);
}

function snapshot(set: PermissionSet, roleName: string): ProvisionedPermissionSet {
  const { description, inlinePolicy, managedPolicies, sessionDuration } = set;
  return { roleName, description, inlinePolicy, managedPolicies: [...managedPolicies].sort(), sessionDuration };
}

/** The digits are new each time, so a role that is assigned again has another name than before. */
function newRoleName({ name }: PermissionSet): string {
  return `AWSReservedSSO_${name}_${randomBytes(8).toString("hex")}`;
}

function addRole(state: State, { roleName }: ProvisionedPermissionSet, accountId: AccountId, created: Date): void {
  const path = rolePath(state.identityCenter);
  iamOf(state, accountId).roles.set(roleName, {
    name: roleName,
    path,
    id: iamId("AROA"),
    arn: `arn:aws:iam::${accountId}:role${path}${roleName}`,
    created,
    description: "",
    maxSessionSeconds: 12 * 60 * 60,
    trustPolicy: trustPolicy(accountId),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
    tags: new Map(),
  });
}

function updateRole(state: State, given: ProvisionedPermissionSet, accountId: AccountId): void {
  const role = iamOf(state, accountId).roles.get(given.roleName);
  if (!role) return;
  role.description = given.description ?? "";
  role.inlinePolicies.clear();
  if (given.inlinePolicy !== "") role.inlinePolicies.set(inlinePolicyName, given.inlinePolicy);
  role.attachedPolicies.clear();
  for (const arn of given.managedPolicies) role.attachedPolicies.add(arn);
}

/** Instances outside us-east-1 have their Region in the path. */
function rolePath({ region }: IdentityCenterState): string {
  return `/aws-reserved/sso.amazonaws.com/${region === "us-east-1" ? "" : `${region}/`}`;
}

function trustPolicy(accountId: AccountId): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${accountId}:saml-provider/AWSSSO_5a6d0b0e1c2f3a4b_DO_NOT_DELETE` },
        Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
        Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      },
    ],
  });
}
