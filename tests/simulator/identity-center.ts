import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { SandboxOrganization } from "#simulator";
import { administrator, type AccountName } from "./clients.ts";

/** Where the sandbox's Identity Center lives. */
export const homeRegion = "us-east-1";
export const instanceArn = "arn:aws:sso:::instance/ssoins-7223000000000001";
export const identityStoreId = "d-9067000001";

/** How long Identity Center's writes take in a sandbox that was started without options. */
export const propagationMilliseconds = 1000;

export function ssoAdmin(sandbox: SandboxOrganization, account: AccountName = "management"): SSOAdminClient {
  return new SSOAdminClient(administrator(sandbox, account, homeRegion));
}

/** Ids in the identity store, by user name or by the name of the group. */
export function principal(sandbox: SandboxOrganization, name: string): { type: "USER" | "GROUP"; id: string } {
  const { users, groups } = sandbox.state.identityCenter;
  const user = [...users.values()].find(({ userName }) => userName === name);
  if (user) return { type: "USER", id: user.id };
  const group = [...groups.values()].find(({ displayName }) => displayName === name);
  if (group) return { type: "GROUP", id: group.id };
  throw new Error(`The identity store has no ${name}.`);
}

/** Makes a permission set and gives its ARN. */
export async function createPermissionSet(sso: SSOAdminClient, name: string): Promise<string> {
  const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn: instanceArn, Name: name }));
  if (PermissionSet?.PermissionSetArn === undefined) throw new Error("The permission set has no ARN.");
  return PermissionSet.PermissionSetArn;
}

export interface AssignmentInput {
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
  readonly TargetId: string;
  readonly TargetType: "AWS_ACCOUNT";
  readonly PrincipalType: "USER" | "GROUP";
  readonly PrincipalId: string;
}

export function assignmentInput(
  sandbox: SandboxOrganization,
  PermissionSetArn: string,
  TargetId: string,
  name: string,
): AssignmentInput {
  const { type, id } = principal(sandbox, name);
  return {
    InstanceArn: instanceArn,
    PermissionSetArn,
    TargetId,
    TargetType: "AWS_ACCOUNT",
    PrincipalType: type,
    PrincipalId: id,
  };
}

/** Assigns, lets the write take effect, and gives how it ended. */
export async function assign(
  sandbox: SandboxOrganization,
  sso: SSOAdminClient,
  input: AssignmentInput,
): Promise<{ Status?: string | undefined; FailureReason?: string | undefined }> {
  const { AccountAssignmentCreationStatus: begun } = await sso.send(new CreateAccountAssignmentCommand(input));
  sandbox.clock.advance(propagationMilliseconds);
  const { AccountAssignmentCreationStatus: ended } = await sso.send(
    new DescribeAccountAssignmentCreationStatusCommand({
      InstanceArn: instanceArn,
      AccountAssignmentCreationRequestId: begun?.RequestId,
    }),
  );
  return ended ?? {};
}
