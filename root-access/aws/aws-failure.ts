import { type AwsAnswer, type Failure, RootAccessError } from "../root-access-error.ts";

export interface AwsCall {
  /** Completes the sentence "Could not …", resource included: `delete the policy of bucket orders`. */
  readonly doing: string;
  readonly effect?: string;
}

/**
 * Sends something to AWS and turns whatever AWS, the network or the credential chain answers into a
 * {@link RootAccessError}. A programming error passes through unchanged.
 *
 * @example await callAws({ doing: "list the buckets" }, () => client.send(new ListBucketsCommand({})))
 */
export async function callAws<Answer>(call: AwsCall, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof Error ? explain(error, call) : error;
  }
}

/** The code of an error that AWS answered with, `NoSuchBucket` for example; `undefined` for any other value. */
export function awsErrorCode(error: unknown): string | undefined {
  if (error instanceof RootAccessError) return error.failure.aws?.code;
  return error instanceof Error ? answerOf(error)?.code : undefined;
}

/** AWS has read the policy that it was to put and does not take it (docs/aws-behaviour.md, sections 5 and 6). */
export function isPolicyNotTaken({ code }: AwsAnswer): boolean {
  return code === "MalformedPolicy" || code === "InvalidAttributeValue";
}

function explain(error: Error, { doing, effect }: AwsCall): Error {
  if (error instanceof RootAccessError) return error;
  const told = effect === undefined ? {} : { effect };
  if (error.name === "AbortError")
    return new RootAccessError({ reason: "cancelled", what: `Cancelled: ${doing}.`, ...told });
  if (missingCredentials.has(error.name)) {
    return new RootAccessError({
      reason: "not-authenticated",
      what: `Could not ${doing}: there are no usable credentials. ${sentence(error.message)}`,
      next: "Sign in again, or name a profile that has credentials.",
      ...told,
    });
  }
  const aws = answerOf(error);
  if (aws !== undefined) {
    const what = `Could not ${doing}: AWS answered ${aws.code}: ${sentence(aws.message)}`;
    return new RootAccessError({ ...classify(aws), what, aws, ...attemptsOf(error), ...told });
  }
  if (!isNetworkFailure(error)) return error;
  return new RootAccessError({
    reason: "aws-failed",
    what: `Could not ${doing}: AWS cannot be reached. ${sentence(error.message)}`,
    next: "Check the network, the Region and AWS_ENDPOINT_URL.",
    ...told,
  });
}

const missingCredentials = new Set(["CredentialsProviderError", "TokenProviderError", "ProviderError"]);

const rejectedCredentials = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "InvalidToken",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
  "IncompleteSignature",
  "RequestTimeTooSkewed",
  "MissingAuthenticationToken",
]);

const denied = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthFailure"]);

const missing = new Set([
  "NoSuchBucket",
  "QueueDoesNotExist",
  "AWS.SimpleQueueService.NonExistentQueue",
  "PermanentRedirect",
  "AuthorizationHeaderMalformed",
]);

function classify(aws: AwsAnswer): Pick<Failure, "reason" | "next"> {
  if (/^ExpiredToken/.test(aws.code)) return { reason: "not-authenticated", next: afterExpiry };
  if (rejectedCredentials.has(aws.code)) return { reason: "not-authenticated", next: "Sign in again." };
  if (denied.has(aws.code)) return { reason: "not-authorized", next: adviceOnDenial(aws.message) };
  if (isPolicyNotTaken(aws)) return { reason: "aws-failed", next: "Correct what AWS names in the policy." };
  if (missing.has(aws.code)) return { reason: "aws-failed", next: "Check its name, its account and its Region." };
  return { reason: "aws-failed", next: "Try again; if it stays, give AWS Support the request id." };
}

/** Root sessions expire too, and a new one is opened without signing in. */
const afterExpiry = "Start the command again. Sign in again first where it is your own session that has expired.";

/** The denials that centralized root access is known for (docs/aws-behaviour.md, sections 1 and 7). */
function adviceOnDenial(message: string): string {
  const advice = denialAdvice.find(({ says }) => message.includes(says));
  return advice?.next ?? "Ask for the permission that the message names.";
}

const denialAdvice: readonly { readonly says: string; readonly next: string }[] = [
  {
    says: "You don't have permissions to access this resource",
    next: "Use credentials of the management account or of a delegated administrator's, which AWS asks for here, that allow it.",
  },
  {
    says: "Root sessions feature is not enabled",
    next: "Enable root sessions in the management account: pulumi up of the organization stack does.",
  },
  {
    says: "Root credentials management feature is not enabled",
    next: "Enable root credentials management in the management account: pulumi up of the organization stack does.",
  },
  {
    says: "Service not enabled for AWS Organizations",
    next: "Enable trusted access for iam.amazonaws.com in the management account: pulumi up of the organization stack does.",
  },
  {
    says: "with an explicit deny in a service control policy",
    next: "Exempt root sessions from that service control policy with the condition Null aws:AssumedRoot true, then try again.",
  },
  {
    says: "with an explicit deny in a resource control policy",
    next: "Only the management account can help: detach or narrow that resource control policy, then try again.",
  },
  {
    says: "sts:AssumeRoot",
    next:
      "Use credentials of the management account or of the delegated administrator of iam.amazonaws.com that allow " +
      "sts:AssumeRoot for this task; the target has to be a member account.",
  },
];

/** The SDK marks everything that came back from AWS with `$metadata` and an HTTP status. */
function answerOf(error: Error): AwsAnswer | undefined {
  const metadata = memberOf(error, "$metadata");
  if (typeof memberOf(metadata, "httpStatusCode") !== "number") return undefined;
  const requestId = memberOf(metadata, "requestId");
  const message = error.message === "" ? "no message" : error.message;
  return { code: error.name, message, ...(typeof requestId === "string" ? { requestId } : {}) };
}

function attemptsOf(error: Error): Pick<Failure, "attempts"> {
  const attempts = memberOf(memberOf(error, "$metadata"), "attempts");
  return typeof attempts === "number" && attempts > 1 ? { attempts } : {};
}

function isNetworkFailure(error: Error): boolean {
  return error.name === "TimeoutError" || typeof memberOf(error, "syscall") === "string" || isNodeNetworkCode(error);
}

function isNodeNetworkCode(error: Error): boolean {
  const code = memberOf(error, "code");
  return typeof code === "string" && /^(E[A-Z]+|ERR_TLS_\w+|CERT_\w+)$/.test(code);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
