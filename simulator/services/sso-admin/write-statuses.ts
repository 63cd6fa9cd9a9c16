import type {
  AccountAssignmentOperationStatusMetadata,
  DescribeAccountAssignmentCreationStatusRequest,
  DescribeAccountAssignmentCreationStatusResponse,
  DescribeAccountAssignmentDeletionStatusRequest,
  DescribeAccountAssignmentDeletionStatusResponse,
  DescribePermissionSetProvisioningStatusRequest,
  DescribePermissionSetProvisioningStatusResponse,
  ListAccountAssignmentCreationStatusRequest,
  ListAccountAssignmentCreationStatusResponse,
  ListAccountAssignmentDeletionStatusRequest,
  ListAccountAssignmentDeletionStatusResponse,
  ListPermissionSetProvisioningStatusRequest,
  ListPermissionSetProvisioningStatusResponse,
} from "@aws-sdk/client-sso-admin";
import type { AssignmentWrite, AsynchronousWrite, ProvisioningWrite } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { NextTokenPage } from "../next-token-page.ts";
import type { Call, Decoded } from "../service.ts";
import { assignmentStatus } from "./assignment-status.ts";
import { writeStatus } from "./asynchronous-writes.ts";
import { checkFiltered } from "./constraints.ts";
import { requestNotFound } from "./faults.ts";
import { provisioningStatus } from "./provisioning-status.ts";
import { onInstance } from "./scope.ts";

export const describeAccountAssignmentCreationStatus = onInstance<
  Decoded<DescribeAccountAssignmentCreationStatusRequest>,
  DescribeAccountAssignmentCreationStatusResponse
>("DescribeAccountAssignmentCreationStatus", {
  perform: ({ AccountAssignmentCreationRequestId: id }, call) => ({
    AccountAssignmentCreationStatus: assignmentStatus(findAssignmentWrite("assignment creation", id, call), call),
  }),
});

export const describeAccountAssignmentDeletionStatus = onInstance<
  Decoded<DescribeAccountAssignmentDeletionStatusRequest>,
  DescribeAccountAssignmentDeletionStatusResponse
>("DescribeAccountAssignmentDeletionStatus", {
  perform: ({ AccountAssignmentDeletionRequestId: id }, call) => ({
    AccountAssignmentDeletionStatus: assignmentStatus(findAssignmentWrite("assignment deletion", id, call), call),
  }),
});

export const describePermissionSetProvisioningStatus = onInstance<
  Decoded<DescribePermissionSetProvisioningStatusRequest>,
  DescribePermissionSetProvisioningStatusResponse
>("DescribePermissionSetProvisioningStatus", {
  perform: ({ ProvisionPermissionSetRequestId: id }, call) => ({
    PermissionSetProvisioningStatus: provisioningStatus(findProvisioning(id, call), call),
  }),
});

export const listAccountAssignmentCreationStatus = onInstance<
  Decoded<ListAccountAssignmentCreationStatusRequest>,
  ListAccountAssignmentCreationStatusResponse
>("ListAccountAssignmentCreationStatus", {
  validate: checkFiltered,
  perform: (input, call) => {
    const { items, more } = writesPage("assignment creation", input, call);
    return { AccountAssignmentsCreationStatus: items, ...more };
  },
});

export const listAccountAssignmentDeletionStatus = onInstance<
  Decoded<ListAccountAssignmentDeletionStatusRequest>,
  ListAccountAssignmentDeletionStatusResponse
>("ListAccountAssignmentDeletionStatus", {
  validate: checkFiltered,
  perform: (input, call) => {
    const { items, more } = writesPage("assignment deletion", input, call);
    return { AccountAssignmentsDeletionStatus: items, ...more };
  },
});

export const listPermissionSetProvisioningStatus = onInstance<
  Decoded<ListPermissionSetProvisioningStatusRequest>,
  ListPermissionSetProvisioningStatusResponse
>("ListPermissionSetProvisioningStatus", {
  validate: checkFiltered,
  perform: (input, call) => {
    const { items, more } = writesPage("permission set provisioning", input, call);
    return { PermissionSetsProvisioningStatus: items, ...more };
  },
});

function findAssignmentWrite(kind: AssignmentWrite["kind"], requestId: string, { state }: Call): AssignmentWrite {
  const write = state.identityCenter.writes.get(requestId);
  if (write?.kind !== kind) throw requestNotFound(requestId);
  return write;
}

function findProvisioning(requestId: string, { state }: Call): ProvisioningWrite {
  const write = state.identityCenter.writes.get(requestId);
  if (write?.kind !== "permission set provisioning") throw requestNotFound(requestId);
  return write;
}

function writesPage(
  kind: AsynchronousWrite["kind"],
  input: Decoded<ListAccountAssignmentCreationStatusRequest>,
  call: Call,
): NextTokenPage<AccountAssignmentOperationStatusMetadata> {
  const { state, clock } = call;
  const writes = [...state.identityCenter.writes.values()].filter((write) => write.kind === kind).reverse();
  const statuses = writes.map((write) => ({
    Status: writeStatus(write, clock.now()),
    RequestId: write.requestId,
    CreatedDate: write.created,
  }));
  const wanted = input.Filter?.Status;
  return identityCenterPage(
    statuses.filter(({ Status }) => wanted === undefined || Status === wanted),
    input,
    call,
  );
}
