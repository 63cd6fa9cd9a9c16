import {
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import {
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { AssumeRootCommand, type Credentials, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import { type TaskName, taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization } from "#simulator";
import { administrator, as, type AccountName, type ClientSettings } from "./clients.ts";

/** Turns centralized root access on, both features, with the Audit account as delegated administrator. */
export async function enableRootAccess(sandbox: SandboxOrganization): Promise<void> {
  const management = administrator(sandbox, "management");
  const organizations = new OrganizationsClient(management);
  const iam = new IAMClient(management);
  const ServicePrincipal = "iam.amazonaws.com";
  await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  await iam.send(new EnableOrganizationsRootCredentialsManagementCommand({}));
  await iam.send(new EnableOrganizationsRootSessionsCommand({}));
  await organizations.send(
    new RegisterDelegatedAdministratorCommand({ AccountId: sandboxAccounts.audit, ServicePrincipal }),
  );
}

/** Opens a root session in a member account, from the management account, and gives settings for clients that use it. */
export async function rootSession(
  sandbox: SandboxOrganization,
  account: AccountName,
  task: TaskName,
): Promise<ClientSettings> {
  const management = administrator(sandbox, "management");
  const { Credentials } = await new STSClient(management).send(
    new AssumeRootCommand({
      TargetPrincipal: sandboxAccounts[account],
      TaskPolicyArn: { arn: taskPolicyArn(task) },
    }),
  );
  return as(management, identityOf(Credentials));
}

export function identityOf(credentials: Credentials | undefined): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error("STS answered without credentials.");
  }
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
