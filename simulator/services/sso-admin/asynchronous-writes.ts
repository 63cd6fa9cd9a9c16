import { randomUUID } from "node:crypto";
import type { AccountId } from "#iam";
import type {
  Assignment,
  AssignmentWrite,
  AsynchronousWrite,
  PermissionSet,
  ProvisioningWrite,
} from "../../state/identity-center.ts";
import type { State } from "../../state/state.ts";
import type { Call } from "../service.ts";
import { deprovision, provision } from "./provisioned-role.ts";

export type WriteStatus = "IN_PROGRESS" | "FAILED" | "SUCCEEDED";

/** Begins a write that is in effect once the propagation time has passed. */
export function beginAssignmentWrite(
  kind: AssignmentWrite["kind"],
  assignment: Assignment,
  failureReason: string | undefined,
  call: Call,
): AssignmentWrite {
  const { permissionSetArn } = assignment;
  return begin({ ...newWrite(permissionSetArn, failureReason, call), kind, assignment }, call);
}

/** @param accountId `undefined` for every account that has the permission set */
export function beginProvisioning(
  { arn }: PermissionSet,
  accountId: AccountId | undefined,
  failureReason: string | undefined,
  call: Call,
): ProvisioningWrite {
  return begin({ ...newWrite(arn, failureReason, call), kind: "permission set provisioning", accountId }, call);
}

/** How a write stands at `now`. */
export function writeStatus({ completes, failureReason }: AsynchronousWrite, now: Date): WriteStatus {
  if (completes > now) return "IN_PROGRESS";
  return failureReason === undefined ? "SUCCEEDED" : "FAILED";
}

/**
 * Puts the writes into effect whose time has come. Whoever looks at Identity Center, or at the roles that it makes,
 * calls this first; no timer runs in the simulator.
 */
export function completeDueWrites(state: State, now: Date): void {
  const { identityCenter } = state;
  if (identityCenter.pendingWrites.length === 0) return;
  const due = identityCenter.pendingWrites.filter(({ completes }) => completes <= now);
  identityCenter.pendingWrites = identityCenter.pendingWrites.filter(({ completes }) => completes > now);
  for (const write of due) if (write.failureReason === undefined) putIntoEffect(state, write);
}

export function isSameAssignment(one: Assignment, other: Assignment): boolean {
  return (
    one.permissionSetArn === other.permissionSetArn &&
    one.accountId === other.accountId &&
    one.principalType === other.principalType &&
    one.principalId === other.principalId
  );
}

function newWrite(
  permissionSetArn: string,
  failureReason: string | undefined,
  { clock, propagationMilliseconds }: Call,
): Pick<AsynchronousWrite, "requestId" | "permissionSetArn" | "created" | "completes" | "failureReason"> {
  const created = clock.now();
  const completes = new Date(created.getTime() + propagationMilliseconds);
  return { requestId: randomUUID(), permissionSetArn, created, completes, failureReason };
}

function begin<Write extends AsynchronousWrite>(write: Write, { state: { identityCenter } }: Call): Write {
  identityCenter.writes.set(write.requestId, write);
  identityCenter.pendingWrites = [...identityCenter.pendingWrites, write];
  return write;
}

function putIntoEffect(state: State, write: AsynchronousWrite): void {
  const set = state.identityCenter.permissionSets.get(write.permissionSetArn);
  if (!set) return;
  switch (write.kind) {
    case "assignment creation":
      assign(state, set, write.assignment, write.completes);
      return;
    case "assignment deletion":
      unassign(state, set, write.assignment);
      return;
    case "permission set provisioning":
      for (const accountId of write.accountId === undefined ? set.provisioned.keys() : [write.accountId]) {
        provision(state, set, accountId, write.completes);
      }
      return;
  }
}

/** Assigning twice is no error and leaves one assignment (docs/aws-behaviour.md, section 4). */
export function assign(state: State, set: PermissionSet, assignment: Assignment, now: Date): void {
  const { identityCenter } = state;
  if (!set.provisioned.has(assignment.accountId)) provision(state, set, assignment.accountId, now);
  if (identityCenter.assignments.some((known) => isSameAssignment(known, assignment))) return;
  identityCenter.assignments = [...identityCenter.assignments, assignment];
}

/** With an account's last assignment of a permission set goes the role. */
function unassign(state: State, set: PermissionSet, assignment: Assignment): void {
  const { identityCenter } = state;
  const { accountId } = assignment;
  identityCenter.assignments = identityCenter.assignments.filter((known) => !isSameAssignment(known, assignment));
  const stillAssigned = identityCenter.assignments.some(
    (known) => known.permissionSetArn === set.arn && known.accountId === accountId,
  );
  if (!stillAssigned) deprovision(state, set, accountId);
}
