import type {
  CreateAccountAssignmentRequest,
  CreateAccountAssignmentResponse,
  DeleteAccountAssignmentRequest,
  DeleteAccountAssignmentResponse,
  ListAccountAssignmentsForPrincipalRequest,
  ListAccountAssignmentsForPrincipalResponse,
  ListAccountAssignmentsRequest,
  ListAccountAssignmentsResponse,
} from "@aws-sdk/client-sso-admin";
import { type AccountId, parseAccountId } from "#iam";
import type { Assignment } from "../../state/identity-center.ts";
import type { State } from "../../state/state.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import { validationException } from "../json-refusals.ts";
import type { Call, Decoded } from "../service.ts";
import { assignmentStatus } from "./assignment-status.ts";
import { beginAssignmentWrite, isSameAssignment } from "./asynchronous-writes.ts";
import { checkFiltered } from "./constraints.ts";
import { writeInProgress } from "./faults.ts";
import { onInstance, onPermissionSet } from "./scope.ts";

type WriteInput = Decoded<CreateAccountAssignmentRequest>;

/** A principal or an account that is not there makes the write fail later, not the request. */
export const createAccountAssignment = onPermissionSet<WriteInput, CreateAccountAssignmentResponse>(
  "CreateAccountAssignment",
  {
    account: ({ TargetId }) => TargetId,
    changes: true,
    perform: (_set, input, call) => {
      const assignment = assignmentOf(input);
      checkNoWriteInProgress(assignment, call);
      const reason = accountProblem(assignment, call.state) ?? principalProblem(assignment, call.state);
      const write = beginAssignmentWrite("assignment creation", assignment, reason, call);
      return { AccountAssignmentCreationStatus: assignmentStatus(write, call) };
    },
  },
);

export const deleteAccountAssignment = onPermissionSet<
  Decoded<DeleteAccountAssignmentRequest>,
  DeleteAccountAssignmentResponse
>("DeleteAccountAssignment", {
  account: ({ TargetId }) => TargetId,
  changes: true,
  perform: (_set, input, call) => {
    const assignment = assignmentOf(input);
    checkNoWriteInProgress(assignment, call);
    const exists = call.state.identityCenter.assignments.some((known) => isSameAssignment(known, assignment));
    const reason = exists ? undefined : noSuchAssignment(assignment);
    const write = beginAssignmentWrite("assignment deletion", assignment, reason, call);
    return { AccountAssignmentDeletionStatus: assignmentStatus(write, call) };
  },
});

export const listAccountAssignments = onPermissionSet<
  Decoded<ListAccountAssignmentsRequest>,
  ListAccountAssignmentsResponse
>("ListAccountAssignments", {
  account: ({ AccountId }) => AccountId,
  perform: ({ arn }, input, call) => {
    const found = call.state.identityCenter.assignments.filter(
      ({ permissionSetArn, accountId }) => permissionSetArn === arn && accountId === input.AccountId,
    );
    const { items, more } = identityCenterPage(found.map(answerOf), input, call);
    return { AccountAssignments: items, ...more };
  },
});

/** A user's list contains what the user has through groups. */
export const listAccountAssignmentsForPrincipal = onInstance<
  Decoded<ListAccountAssignmentsForPrincipalRequest>,
  ListAccountAssignmentsForPrincipalResponse
>("ListAccountAssignmentsForPrincipal", {
  validate: checkFiltered,
  perform: (input, call) => {
    const { state } = call;
    const { PrincipalId, PrincipalType, Filter } = input;
    const principals = [PrincipalId, ...(PrincipalType === "USER" ? groupsOf(PrincipalId, state) : [])];
    const found = state.identityCenter.assignments.filter(
      ({ principalId, accountId }) =>
        principals.includes(principalId) && (Filter?.AccountId ?? accountId) === accountId,
    );
    const { items, more } = identityCenterPage(found.map(answerOf), input, call);
    return { AccountAssignments: items, ...more };
  },
});

function assignmentOf({ TargetId, PermissionSetArn, PrincipalType, PrincipalId }: WriteInput): Assignment {
  return {
    permissionSetArn: PermissionSetArn,
    accountId: accountIdOf(TargetId),
    principalType: PrincipalType,
    principalId: PrincipalId,
  };
}

function accountIdOf(text: string): AccountId {
  const id = parseAccountId(text);
  if (id === undefined) throw validationException(`${text} is not an account id.`);
  return id;
}

/** One write at a time on a permission set in an account (docs/aws-behaviour.md, section 4). */
function checkNoWriteInProgress({ permissionSetArn, accountId }: Assignment, { state }: Call): void {
  const isBusy = state.identityCenter.pendingWrites.some(
    (write) =>
      write.permissionSetArn === permissionSetArn &&
      (write.kind === "permission set provisioning" || write.assignment.accountId === accountId),
  );
  if (isBusy) throw writeInProgress();
}

function accountProblem({ accountId }: Assignment, { organization }: State): string | undefined {
  if (organization.accounts.get(accountId)?.status === "ACTIVE") return undefined;
  return `Received a 404 status error: the account ${accountId} was not found among the active accounts of organization ${organization.id}`;
}

function principalProblem({ principalType, principalId }: Assignment, { identityCenter }: State): string | undefined {
  const { users, groups, identityStoreId } = identityCenter;
  if ((principalType === "USER" ? users : groups).has(principalId)) return undefined;
  return `Received a 404 status error: the ${principalType} assignee ${principalId} was not found in directory ${identityStoreId}`;
}

function noSuchAssignment({ principalId, permissionSetArn, accountId }: Assignment): string {
  return `Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key EntitlementKey{accessorId=AccessorId{value=${principalId}}, resourceId=ResourceId{value=${permissionSetArn}}, auxiliaryResourceId=AuxiliaryResourceId{value=${accountId}}}`;
}

function groupsOf(userId: string, { identityCenter }: State): readonly string[] {
  return [...identityCenter.groups.values()].filter(({ memberIds }) => memberIds.has(userId)).map(({ id }) => id);
}

function answerOf({ accountId, permissionSetArn, principalType, principalId }: Assignment): {
  AccountId: string;
  PermissionSetArn: string;
  PrincipalType: "USER" | "GROUP";
  PrincipalId: string;
} {
  return {
    AccountId: accountId,
    PermissionSetArn: permissionSetArn,
    PrincipalType: principalType,
    PrincipalId: principalId,
  };
}
