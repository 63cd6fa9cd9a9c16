import type { AsynchronousWrite, PermissionSet } from "../../state/identity-center.ts";
import type { State } from "../../state/state.ts";
import type { Call, Operation, Requirement } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { permissionSetNotFound, refused, writeInProgress } from "./faults.ts";

/** What an operation on the instance does, once it is known that the caller may. */
export interface InstanceWork<Input, Output> {
  /** Rules that the wire's types do not express. */
  readonly validate?: (input: Input) => void;
  /** The account that the request names, where it names one. */
  readonly account?: (input: Input) => string | undefined;
  readonly perform: (input: Input, call: Call) => Output;
}

/** An operation on the instance: what all of them check in the same way, around what this one does. */
export function onInstance<Input extends { readonly InstanceArn: string }, Output>(
  name: string,
  { validate, account, perform }: InstanceWork<Input, Output>,
): Operation<Input, Output> {
  return {
    validate: validate ?? checkMembers,
    requires: (input) => [{ resource: input.InstanceArn }, ...accountRequirement(account?.(input))],
    perform: (input, call) => {
      checkInstance(name, input.InstanceArn, call);
      return perform(input, call);
    },
  };
}

/** What an operation on a permission set does, once the set is found and the caller may. */
export interface PermissionSetWork<Input, Output> {
  readonly validate?: (input: Input) => void;
  readonly account?: (input: Input) => string | undefined;
  /** Changes the set or where it is assigned. */
  readonly changes?: true;
  readonly perform: (set: PermissionSet, input: Input, call: Call) => Output;
}

/** An operation on a permission set. */
export function onPermissionSet<
  Input extends { readonly InstanceArn: string; readonly PermissionSetArn: string },
  Output,
>(name: string, { validate, account, changes, perform }: PermissionSetWork<Input, Output>): Operation<Input, Output> {
  return {
    validate: validate ?? checkMembers,
    requires: (input) => [
      { resource: input.PermissionSetArn },
      { resource: input.InstanceArn },
      ...accountRequirement(account?.(input)),
    ],
    perform: (input, call) => {
      checkInstance(name, input.InstanceArn, call);
      const set = findPermissionSet(input.PermissionSetArn, call);
      if (changes) checkMayChange(name, set, account?.(input), call);
      return perform(set, input, call);
    },
  };
}

/** @throws AwsFault ResourceNotFoundException */
export function findPermissionSet(arn: string, { state }: Call): PermissionSet {
  const set = state.identityCenter.permissionSets.get(arn);
  if (!set) throw permissionSetNotFound(arn);
  return set;
}

/** A set that has a write in progress takes no other (docs/aws-behaviour.md, section 4). */
export function checkNoWriteInProgress(set: PermissionSet, { state }: Call): void {
  if (writesInProgress(set, state).length > 0) throw writeInProgress();
}

/** The same for what AWS begins although an assignment is being removed, and then loses the race. */
export function checkNoWriteButRemovals(set: PermissionSet, { state }: Call): void {
  if (writesInProgress(set, state).some(({ kind }) => kind !== "assignment deletion")) throw writeInProgress();
}

function writesInProgress({ arn }: PermissionSet, { identityCenter }: State): readonly AsynchronousWrite[] {
  return identityCenter.pendingWrites.filter(({ permissionSetArn }) => permissionSetArn === arn);
}

/**
 * The instance is seen from its own Region only, and managed from the account that owns it or from a delegated
 * administrator of Identity Center.
 *
 * @throws AwsFault AccessDeniedException, which is how AWS answers administrators elsewhere too
 */
export function checkInstance(operation: string, instanceArn: string, call: Call): void {
  const { identityCenter } = call.state;
  const visible = instanceArn === identityCenter.instanceArn && call.region === identityCenter.region;
  if (!visible || !(isOwner(call) || isDelegate(call))) throw refused(call, operation, instanceArn);
}

/**
 * What is provisioned to the management account is managed from there only: a delegated administrator is refused
 * (docs/aws-behaviour.md, section 4).
 */
function checkMayChange(operation: string, set: PermissionSet, account: string | undefined, call: Call): void {
  const { managementAccountId } = call.state.organization;
  const concernsManagement = account === managementAccountId || set.provisioned.has(managementAccountId);
  if (concernsManagement && !isOwner(call)) throw refused(call, operation, set.arn);
}

function isOwner({ caller, state }: Call): boolean {
  return caller.accountId === state.identityCenter.ownerAccountId;
}

function isDelegate({ caller, state }: Call): boolean {
  return state.organization.delegatedAdministrators.get("sso.amazonaws.com")?.has(caller.accountId) ?? false;
}

function accountRequirement(accountId: string | undefined): readonly Requirement[] {
  return accountId === undefined ? [] : [{ resource: `arn:aws:sso:::account/${accountId}` }];
}
