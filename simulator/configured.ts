import { breakGlassPolicy } from "#iam";
import type { Clock } from "./clock.ts";
import { assign } from "./services/sso-admin/asynchronous-writes.ts";
import { newPermissionSet } from "./services/sso-admin/new-permission-set.ts";
import { sandboxAccounts } from "./state/sandbox.ts";
import type { State } from "./state/state.ts";

const servicePrincipal = "iam.amazonaws.com";

/**
 * Brings the organization to what it is after `pulumi up` of the organization stack: trusted access, both features, the
 * Audit account as delegated administrator, and BreakGlassAssumeRoot assigned there to the group break-glass-admins.
 */
export function configure(state: State, clock: Clock): void {
  enableRootAccess(state, clock.now());
  assignBreakGlass(state, clock.now());
}

function enableRootAccess({ organization }: State, now: Date): void {
  organization.trustedServices.set(servicePrincipal, now);
  organization.rootFeatures.add("RootCredentialsManagement").add("RootSessions");
  organization.delegatedAdministrators.set(servicePrincipal, new Map([[sandboxAccounts.audit, now]]));
}

function assignBreakGlass(state: State, now: Date): void {
  const { identityCenter } = state;
  const group = [...identityCenter.groups.values()].find(({ displayName }) => displayName === "break-glass-admins");
  if (!group) throw new Error("The sandbox organization has a group break-glass-admins.");
  const set = newPermissionSet(identityCenter, "BreakGlassAssumeRoot", now);
  set.description = "Break Glass - sts:AssumeRoot for emergency privileged access";
  set.inlinePolicy = JSON.stringify(breakGlassPolicy());
  identityCenter.permissionSets.set(set.arn, set);
  const assignment = {
    permissionSetArn: set.arn,
    accountId: sandboxAccounts.audit,
    principalType: "GROUP",
    principalId: group.id,
  } as const;
  assign(state, set, assignment, now);
}
