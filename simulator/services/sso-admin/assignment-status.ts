import type { AccountAssignmentOperationStatus } from "@aws-sdk/client-sso-admin";
import type { AssignmentWrite } from "../../state/identity-center.ts";
import type { Call } from "../service.ts";
import { writeStatus } from "./asynchronous-writes.ts";

/** A write's status in the form that its request and its description have in common. */
export function assignmentStatus(write: AssignmentWrite, { clock }: Call): AccountAssignmentOperationStatus {
  const { accountId, permissionSetArn, principalType, principalId } = write.assignment;
  const status = writeStatus(write, clock.now());
  return {
    Status: status,
    RequestId: write.requestId,
    ...(status === "FAILED" ? { FailureReason: write.failureReason } : {}),
    TargetId: accountId,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: permissionSetArn,
    PrincipalType: principalType,
    PrincipalId: principalId,
    CreatedDate: write.created,
  };
}
