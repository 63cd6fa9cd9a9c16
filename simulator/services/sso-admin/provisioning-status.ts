import type { PermissionSetProvisioningStatus } from "@aws-sdk/client-sso-admin";
import type { ProvisioningWrite } from "../../state/identity-center.ts";
import type { Call } from "../service.ts";
import { writeStatus } from "./asynchronous-writes.ts";

/** A write's status in the form that its request and its description have in common. */
export function provisioningStatus(write: ProvisioningWrite, { clock }: Call): PermissionSetProvisioningStatus {
  const status = writeStatus(write, clock.now());
  return {
    Status: status,
    RequestId: write.requestId,
    ...(write.accountId === undefined ? {} : { AccountId: write.accountId }),
    PermissionSetArn: write.permissionSetArn,
    ...(status === "FAILED" ? { FailureReason: write.failureReason } : {}),
    CreatedDate: write.created,
  };
}
