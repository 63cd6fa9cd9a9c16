import { rootUserArn } from "#iam";
import type { Caller } from "../caller.ts";
import { policiesOf } from "../identity-policies.ts";
import type { Credential, LongTermKey, RoleSession, RootSession } from "../state/iam.ts";
import { iamOf, type State } from "../state/state.ts";

/**
 * Who a credential speaks for, with the policies that they have at this moment.
 *
 * @returns `undefined` when the user or role behind the credential is gone
 */
export function identify(credential: Credential, state: State): Caller | undefined {
  switch (credential.kind) {
    case "long-term key":
      return credential.userName === undefined ? rootUser(credential) : iamUser(credential, credential.userName, state);
    case "root session":
      return rootSession(credential);
    case "role session":
      return roleSession(credential, state);
  }
}

function rootUser({ accountId, key }: LongTermKey): Caller {
  return {
    principal: { kind: "root", accountId, arn: rootUserArn(accountId) },
    accountId,
    accessKeyId: key.id,
    userId: accountId,
    identityPolicies: [],
  };
}

function iamUser({ accountId, key }: LongTermKey, userName: string, state: State): Caller | undefined {
  const user = iamOf(state, accountId).users.get(userName);
  return (
    user && {
      principal: { kind: "user", accountId, arn: user.arn },
      accountId,
      accessKeyId: key.id,
      userId: user.id,
      userName,
      identityPolicies: policiesOf(user),
    }
  );
}

function rootSession(session: RootSession): Caller {
  return {
    principal: { kind: "root", accountId: session.accountId, arn: rootUserArn(session.accountId) },
    accountId: session.accountId,
    accessKeyId: session.accessKeyId,
    userId: session.accountId,
    identityPolicies: [],
    sessionPolicies: [session.taskPolicy],
    session: { created: session.created, sourceIdentity: session.sourceIdentity, assumedRoot: true },
  };
}

function roleSession(session: RoleSession, state: State): Caller | undefined {
  const { accountId, roleName, sessionName } = session;
  const role = iamOf(state, accountId).roles.get(roleName);
  // A session does not carry over to a role of the same name that was made after it.
  if (!role || role.created > session.created) return undefined;
  return {
    principal: {
      kind: "assumed-role",
      accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
      roleArn: role.arn,
    },
    accountId,
    accessKeyId: session.accessKeyId,
    userId: `${role.id}:${sessionName}`,
    identityPolicies: policiesOf(role),
    ...(session.sessionPolicies ? { sessionPolicies: session.sessionPolicies } : {}),
    session: { created: session.created, sourceIdentity: session.sourceIdentity, assumedRoot: false },
  };
}
