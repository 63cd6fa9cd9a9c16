import { fromIni } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import type { TestSandbox } from "./sandbox.ts";

/** What an SDK client in a sandbox is made of. */
export interface SandboxConnection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
}

/** Where a sandbox is, and where its AWS profiles are. */
export type SandboxPlace = Pick<TestSandbox, "endpoint" | "environment">;

/** A connection by one of the sandbox's AWS profiles. */
export function profileConnection(
  { endpoint, environment }: SandboxPlace,
  profile: string,
  region = "us-east-1",
): SandboxConnection {
  const { AWS_SHARED_CREDENTIALS_FILE: filepath = "", AWS_CONFIG_FILE: configFilepath = "" } = environment;
  return { endpoint, region, credentials: fromIni({ profile, filepath, configFilepath }) };
}

/** The same with credentials that STS has issued. */
export function sessionConnection(
  { endpoint, region }: SandboxConnection,
  issued: {
    AccessKeyId?: string | undefined;
    SecretAccessKey?: string | undefined;
    SessionToken?: string | undefined;
  } = {},
): SandboxConnection {
  const {
    AccessKeyId: accessKeyId = "",
    SecretAccessKey: secretAccessKey = "",
    SessionToken: sessionToken = "",
  } = issued;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey, sessionToken } };
}
