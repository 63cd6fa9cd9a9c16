import { AwsFault } from "../../aws-fault.ts";
import type { StoreGroup, StoreUser } from "../../state/identity-center.ts";
import type { Call, Operation } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { notFound } from "./faults.ts";

/** What an operation on the identity store does, once it is known that the caller may. */
export interface StoreWork<Input, Output> {
  /** Rules of this operation beside those that all share. */
  readonly validate?: (input: Input) => void;
  /** The entries that the operation is about, as their ARN names them after the colons: `user/ID`, `group/*` … */
  readonly entries: (input: Input) => string;
  readonly perform: (input: Input, call: Call) => Output;
}

/**
 * An operation on the identity store. The caller has to be allowed it on the store and on the entries of that kind.
 */
export function onStore<Input extends { readonly IdentityStoreId: string }, Output>(
  name: string,
  { validate, entries, perform }: StoreWork<Input, Output>,
): Operation<Input, Output> {
  return {
    validate: (input) => {
      checkMembers(input);
      validate?.(input);
    },
    requires: (input, { state }) => [
      { resource: storeArn(input.IdentityStoreId, state.identityCenter.ownerAccountId) },
      { resource: `arn:aws:identitystore:::${entries(input)}` },
    ],
    perform: (input, call) => {
      checkStore(name, input.IdentityStoreId, call);
      return perform(input, call);
    },
  };
}

/** @throws AwsFault ResourceNotFoundException */
export function findUser(id: string, { state }: Call): StoreUser {
  const user = state.identityCenter.users.get(id);
  if (!user) throw notFound("USER", id);
  return user;
}

/** @throws AwsFault ResourceNotFoundException */
export function findGroup(id: string, { state }: Call): StoreGroup {
  const group = state.identityCenter.groups.get(id);
  if (!group) throw notFound("GROUP", id);
  return group;
}

/**
 * The store is seen from its own Region only, from the account that owns it and from delegated administrators of
 * Identity Center.
 */
function checkStore(operation: string, identityStoreId: string, { caller, region, state }: Call): void {
  const { identityCenter, organization } = state;
  if (identityStoreId !== identityCenter.identityStoreId || region !== identityCenter.region) {
    throw notFound("IDENTITY_STORE", identityStoreId);
  }
  const delegates = organization.delegatedAdministrators.get("sso.amazonaws.com");
  if (caller.accountId === identityCenter.ownerAccountId || delegates?.has(caller.accountId)) return;
  const store = storeArn(identityStoreId, identityCenter.ownerAccountId);
  throw new AwsFault(
    "AccessDeniedException",
    `User: ${caller.principal.arn} is not authorized to perform: identitystore:${operation} on resource: ${store}`,
  );
}

function storeArn(identityStoreId: string, ownerAccountId: string): string {
  return `arn:aws:identitystore::${ownerAccountId}:identitystore/${identityStoreId}`;
}
