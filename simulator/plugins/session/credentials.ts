import { fromEnv, fromIni, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { memoizeIdentityProvider } from "@smithy/core";
import type { AwsCredentialIdentityProvider, Identity } from "@smithy/types";
import { loopbackRequests } from "./loopback-requests.ts";
import type { AssumedRole, SessionSettings } from "./settings.ts";

/**
 * Credentials in the official plugins' order: keys of the provider, its profile, keys of the environment, the
 * environment's profile; then the roles to assume. Sources that live on other machines (instance metadata,
 * containers) are left out.
 */
export function sessionCredentials(
  settings: SessionSettings,
  environment: Readonly<Record<string, string | undefined>>,
  region: string,
): AwsCredentialIdentityProvider {
  const source = sourceCredentials(settings, environment, region);
  return memoized(settings.assumeRoles.reduce((credentials, role) => assume(role, credentials, region), source));
}

function sourceCredentials(
  { accessKey, secretKey, token, profile }: SessionSettings,
  environment: Readonly<Record<string, string | undefined>>,
  region: string,
): AwsCredentialIdentityProvider {
  if (accessKey && secretKey) {
    const keys = { accessKeyId: accessKey, secretAccessKey: secretKey };
    return () => Promise.resolve(token ? { ...keys, sessionToken: token } : keys);
  }
  if (!profile && environment["AWS_ACCESS_KEY_ID"]) return fromEnv();
  return fromIni({ ...(profile ? { profile } : {}), clientConfig: { region }, clientPlugins: [loopbackRequests] });
}

function assume(
  role: AssumedRole,
  masterCredentials: AwsCredentialIdentityProvider,
  region: string,
): AwsCredentialIdentityProvider {
  return fromTemporaryCredentials({
    masterCredentials,
    params: {
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName ?? `pulumi-${Date.now()}`,
      ...(role.externalId ? { ExternalId: role.externalId } : {}),
      ...(role.sourceIdentity ? { SourceIdentity: role.sourceIdentity } : {}),
      ...(role.policy ? { Policy: role.policy } : {}),
    },
    clientConfig: { region },
    clientPlugins: [loopbackRequests],
  });
}

const refreshBeforeMilliseconds = 60_000;

/** One look-up for all clients of a session: a credential process is not run once for each of them. */
function memoized(credentials: AwsCredentialIdentityProvider): AwsCredentialIdentityProvider {
  const expires = (identity: Identity): boolean => identity.expiration !== undefined;
  const dueForRefresh = ({ expiration }: Identity): boolean =>
    expiration !== undefined && expiration.getTime() - Date.now() < refreshBeforeMilliseconds;
  const memo = memoizeIdentityProvider(credentials, dueForRefresh, expires);
  return () => memo?.() ?? credentials();
}
