import { devNull } from "node:os";
import type { RootSession } from "./root-session.ts";

/**
 * The environment of a program that is to act as a root session and as nobody else, made from the one outside. Of AWS's own
 * variables only those stay that say how a client works and not who it is; it finds no configuration file, no web identity,
 * no container's or instance's role. What names an endpoint stays where it names this machine, as in a sandbox: anywhere
 * else a session's requests go to AWS itself.
 *
 * @param region of the program's requests
 * @example spawn("aws", ["sts", "get-caller-identity"], { env: sessionEnvironment(process.env, session, "eu-west-1") })
 */
export function sessionEnvironment(
  outside: NodeJS.ProcessEnv,
  session: RootSession,
  region: string,
): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = session.credentials.reveal();
  return {
    ...Object.fromEntries(Object.entries(outside).filter((variable): variable is [string, string] => stays(variable))),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // AWS_PROFILE, set, and `--profile`, typed, would win over keys in the environment: without files there is no profile.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_STS_REGIONAL_ENDPOINTS: "regional",
  };
}

/**
 * The commands for a POSIX shell that make its environment the session's: `export` for what is new or different, `unset`
 * for what competes. Each ends with a semicolon, so that `eval $(…)` without quotation marks works, too.
 */
export function sessionExports(outside: NodeJS.ProcessEnv, session: RootSession, region: string): string {
  const inside = sessionEnvironment(outside, session, region);
  const gone = Object.keys(outside).filter((name) => !(name in inside));
  const exported = Object.entries(inside).filter(([name, value]) => outside[name] !== value);
  return [
    ...gone.map((name) => `unset ${name};`),
    ...exported.map(([name, value]) => `export ${name}=${quoted(value)};`),
  ].join("\n");
}

/** What a profile's `credential_process` has to print, as the SDKs' reference guide describes it. */
export function credentialProcessOutput({ credentials, expiresAt }: RootSession): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials.reveal();
  return JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiresAt.toISOString(),
  });
}

function stays([name, value]: [string, string | undefined]): boolean {
  if (value === undefined) return false;
  if (/^AWS_ENDPOINT_URL(_|$)/.test(name)) return isOnThisMachine(value);
  return !/^(AWS|AMAZON)_/i.test(name) || settingsOfTheClient.has(name);
}

const settingsOfTheClient: ReadonlySet<string> = new Set([
  "AWS_CA_BUNDLE",
  "AWS_CLI_AUTO_PROMPT",
  "AWS_DEFAULT_OUTPUT",
  "AWS_DEFAULTS_MODE",
  "AWS_MAX_ATTEMPTS",
  "AWS_PAGER",
  "AWS_REQUEST_CHECKSUM_CALCULATION",
  "AWS_RESPONSE_CHECKSUM_VALIDATION",
  "AWS_RETRY_MODE",
  "AWS_SDK_UA_APP_ID",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_USE_FIPS_ENDPOINT",
]);

function isOnThisMachine(url: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(URL.parse(url)?.hostname ?? "");
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
