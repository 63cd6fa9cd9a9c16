import { type AccountId, rootUserArn } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { CredentialHolder, IamRole, IamState, IamUser } from "../../state/iam.ts";
import { iamOf } from "../../state/state.ts";
import type { Call, Requirement } from "../service.ts";
import { validationError } from "../query-refusals.ts";
import { noSuchEntity } from "./faults.ts";

/** Whose credentials a request is about. */
export interface Subject {
  readonly holder: CredentialHolder;
  /** `undefined`: the root user, which has no name. */
  readonly userName: string | undefined;
}

/**
 * The user that a request names or, where it names none, the caller: in a root session that is the account's root user
 * (docs/aws-behaviour.md, section 2).
 *
 * @throws AwsFault NoSuchEntity, or ValidationError for a role's session that names nobody
 */
export function subjectOf(userName: string | undefined, call: Call): Subject {
  const name = userName ?? call.caller.userName;
  if (name !== undefined) return { holder: userNamed(name, call), userName: name };
  if (call.caller.principal.kind === "root") return { holder: iamOfCaller(call).rootUser, userName: undefined };
  throw validationError("Must specify userName when calling with non-User credentials");
}

/** What policies have to allow for a request about {@link subjectOf}'s user. */
export function requiresSubject(
  { UserName }: { readonly UserName?: string | undefined },
  call: Call,
): readonly Requirement[] {
  const name = UserName ?? call.caller.userName;
  if (name !== undefined) return requiresUser({ UserName: name }, call);
  return [{ resource: rootUserArn(call.caller.accountId) }];
}

export function requiresUser({ UserName }: { readonly UserName: string }, call: Call): readonly Requirement[] {
  const { accountId } = call.caller;
  return [{ resource: iamOfCaller(call).users.get(UserName)?.arn ?? userArn(accountId, "/", UserName) }];
}

export function requiresRole({ RoleName }: { readonly RoleName: string }, call: Call): readonly Requirement[] {
  const { accountId } = call.caller;
  return [{ resource: iamOfCaller(call).roles.get(RoleName)?.arn ?? roleArn(accountId, "/", RoleName) }];
}

/** @throws AwsFault NoSuchEntity */
export function userNamed(name: string, call: Call): IamUser {
  const user = iamOfCaller(call).users.get(name);
  if (!user) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

/** @throws AwsFault NoSuchEntity */
export function roleNamed(name: string, call: Call): IamRole {
  const role = iamOfCaller(call).roles.get(name);
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/**
 * A role that the account may change: Identity Center keeps its roles to itself.
 *
 * @throws AwsFault NoSuchEntity, UnmodifiableEntity
 */
export function modifiableRole(name: string, call: Call): IamRole {
  const role = roleNamed(name, call);
  if (!role.path.startsWith("/aws-reserved/")) return role;
  throw new AwsFault(
    "UnmodifiableEntity",
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );
}

export function iamOfCaller({ state, caller }: Call): IamState {
  return iamOf(state, caller.accountId);
}

export function userArn(accountId: AccountId, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:user${path}${name}`;
}

export function roleArn(accountId: AccountId, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`;
}
