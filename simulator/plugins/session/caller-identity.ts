import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { AwsCallFailed } from "./aws-call-failed.ts";
import { type Session, sandboxed } from "./session.ts";

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}

/** Asks AWS who the session's credentials belong to. */
export async function callerIdentity(session: Session): Promise<CallerIdentity> {
  const sts = sandboxed(new STSClient(session.clientConfiguration("sts")));
  const { Account = "", Arn = "", UserId = "" } = await sts.send(new GetCallerIdentityCommand());
  return { accountId: Account, arn: Arn, userId: UserId };
}

/**
 * Proves that the session's credentials work, for an account they may be used in; done once before anything else.
 *
 * @throws {@link InvalidCredentials} in the official `aws` plugin's words
 */
export async function validateCredentials(session: Session): Promise<void> {
  const { allowedAccountIds, forbiddenAccountIds } = session.settings;
  const { accountId } = await callerIdentity(session).catch((error: unknown) => {
    throw new InvalidCredentials(explain(error));
  });
  if (
    forbiddenAccountIds.includes(accountId) ||
    (allowedAccountIds.length > 0 && !allowedAccountIds.includes(accountId))
  ) {
    throw new InvalidCredentials(`AWS account ID not allowed: ${accountId}`);
  }
}

export class InvalidCredentials extends Error {
  override readonly name = "InvalidCredentials";
}

const documentation = "https://www.pulumi.com/registry/packages/aws/installation-configuration/";

function explain(error: unknown): string {
  if (!(error instanceof AwsCallFailed)) return unableToValidate(String(error));
  if (isFromCredentialSource(error.cause)) {
    return `No valid credential sources found.\nPlease see ${documentation} for more information about providing credentials.\nDetails: ${error.cause.message}`;
  }
  if (error.code === "InvalidClientTokenId") {
    return `Invalid credentials configured.\nPlease see ${documentation} for more information about providing credentials.\nDetails: ${error.message}`;
  }
  return unableToValidate(`validating provider credentials: retrieving caller identity from STS: ${error.message}`);
}

function unableToValidate(details: string): string {
  return `unable to validate AWS credentials.\nDetails: ${details}\n`;
}

function isFromCredentialSource(cause: unknown): cause is Error {
  return cause instanceof Error && cause.name === "CredentialsProviderError";
}
