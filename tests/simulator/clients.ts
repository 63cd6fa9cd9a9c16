import type { AwsCredentialIdentity } from "@smithy/types";
import type { SandboxOrganization } from "#simulator";
import { sandboxAccounts } from "#simulator";

export type AccountName = Exclude<keyof typeof sandboxAccounts, "closed">;

/** What every SDK client takes to speak to a sandbox organization. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: AwsCredentialIdentity;
}

/**
 * Settings of a client that acts as an account's administrator.
 *
 * @example new SQSClient(administrator(sandbox, "orders"))
 */
export function administrator(
  sandbox: SandboxOrganization,
  account: AccountName,
  region = "ap-northeast-2",
): ClientSettings {
  const key = sandbox.administrators.find(({ accountId }) => accountId === sandboxAccounts[account]);
  if (!key) throw new Error(`The sandbox has no administrator of ${account}.`);
  const { accessKeyId, secretAccessKey } = key;
  return { endpoint: sandbox.endpoint, region, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } };
}

/** The same client settings with other credentials, for example those of a session. */
export function as(settings: ClientSettings, credentials: AwsCredentialIdentity): ClientSettings {
  return { ...settings, credentials };
}
