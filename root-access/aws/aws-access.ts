import { setTimeout as pause } from "node:timers/promises";
import type { AwsCredentialIdentityProvider } from "@smithy/types";

/** Who talks to AWS, and in which Region. Holds no credentials, only the way to get them when a request is signed. */
export interface AwsAccess {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** For messages: `profile orders`. */
  readonly label: string;
  /** Told of each request that AWS answered, attempts that are tried again included. */
  readonly onAnswer?: (answer: AwsRequestAnswered) => void;
}

/** By what CloudTrail and AWS Support find a request. */
export interface AwsRequestAnswered {
  /** `GetBucketPolicy`. */
  readonly operation: string;
  readonly requestId: string;
  /** AWS's error code; absent where the answer was a success. */
  readonly error?: string;
}

/**
 * Access by a named profile of the AWS configuration files (static keys, assumed roles, IAM Identity Center, credential
 * processes), or by the SDK's default chain where no profile is named. Credentials are fetched at the first request and
 * again when they expire. A named profile never falls back to the environment or to an instance's role.
 *
 * @example accessFromProfile("break-glass", "ap-northeast-2")
 */
export function accessFromProfile(profile: string | undefined, region: string): AwsAccess {
  let provider: Promise<AwsCredentialIdentityProvider> | undefined;
  return {
    region,
    label: profile === undefined ? "the default credentials" : `profile ${profile}`,
    credentials: async () => (await (provider ??= credentialProvider(profile)))(),
  };
}

/**
 * Has the credentials fetched while this process is busy loading clients: another program may have to be started for them,
 * or AWS be asked. It has begun when this returns. Why they cannot be had, the first request says.
 */
export async function fetchAhead({ credentials }: AwsAccess): Promise<void> {
  const fetched = credentials().catch(() => undefined);
  await Promise.race([fetched, pause(untilBegunMilliseconds)]);
}

const untilBegunMilliseconds = 5;

/** Loaded on first use: the credential chain is not needed to print a help text. */
async function credentialProvider(profile: string | undefined): Promise<AwsCredentialIdentityProvider> {
  const { fromIni, fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  const { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } = await import("@smithy/core");
  const fetch = profile === undefined ? fromNodeProviderChain() : fromIni({ profile });
  return memoizeIdentityProvider(() => fetch(), isIdentityExpired, doesIdentityRequireRefresh) ?? fetch;
}
