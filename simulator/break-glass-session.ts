import type { Credentials } from "@aws-sdk/client-sts";
import type { AccountId } from "#iam";
import type { Clock } from "./clock.ts";
import { completeDueWrites } from "./services/sso-admin/asynchronous-writes.ts";
import { issueSession } from "./services/sts/issue-session.ts";
import type { PermissionSet, StoreUser } from "./state/identity-center.ts";
import type { State } from "./state/state.ts";

/** Alice's session of BreakGlassAssumeRoot, or why she has none. */
export type BreakGlassSession =
  { readonly credentials: Credentials; readonly accountId: AccountId } | { readonly reason: string };

const permissionSetName = "BreakGlassAssumeRoot";
const userName = "alice";
const sessionMilliseconds = 60 * 60 * 1000;

/**
 * What alice gets in the access portal: one hour as the role of the permission set BreakGlassAssumeRoot, in the account
 * where it is assigned to her, directly or through a group. A delegated administrator's account goes before others.
 *
 * @example breakGlassSession(sandbox.state, sandbox.clock)
 */
export function breakGlassSession(state: State, clock: Clock): BreakGlassSession {
  const now = clock.now();
  completeDueWrites(state, now);
  const { permissionSets, users } = state.identityCenter;
  const set = [...permissionSets.values()].find(({ name }) => name === permissionSetName);
  const user = [...users.values()].find((candidate) => candidate.userName === userName);
  const accountId = set && user && preferredAccount(assignedAccounts(state, set, user), state);
  const role = accountId && set.provisioned.get(accountId);
  if (!accountId || !role) return { reason: notAssigned };
  const credentials = issueSession(state, {
    kind: "role session",
    accountId,
    roleName: role.roleName,
    sessionName: userName,
    sessionPolicies: undefined,
    created: now,
    expires: new Date(now.getTime() + sessionMilliseconds),
    sourceIdentity: undefined,
  });
  return { credentials, accountId };
}

const notAssigned = `${permissionSetName} is not assigned to ${userName} in any account yet: run \`pulumi up\` of the organization stack, which assigns it to the group break-glass-admins, or start the sandbox with --configured.`;

function assignedAccounts({ identityCenter }: State, set: PermissionSet, user: StoreUser): readonly AccountId[] {
  const groups = [...identityCenter.groups.values()].filter(({ memberIds }) => memberIds.has(user.id));
  const principals = [user.id, ...groups.map(({ id }) => id)];
  return identityCenter.assignments
    .filter(({ permissionSetArn, principalId }) => permissionSetArn === set.arn && principals.includes(principalId))
    .map(({ accountId }) => accountId);
}

function preferredAccount(accounts: readonly AccountId[], { organization }: State): AccountId | undefined {
  const delegates = organization.delegatedAdministrators.get("iam.amazonaws.com");
  return accounts.find((id) => delegates?.has(id)) ?? accounts.toSorted()[0];
}
