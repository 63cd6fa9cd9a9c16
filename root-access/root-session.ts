import type { STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import { type AccountId, rootUserArn, type TaskName, taskPolicyArn, taskPolicyDocument } from "#iam";
import type { AwsAccess } from "./aws/aws-access.ts";
import { endedBy, stsClient } from "./aws/aws-clients.ts";
import { callAws } from "./aws/aws-failure.ts";
import { identifyCaller } from "./caller.ts";
import { patientWith } from "./aws/patience.ts";
import { RootAccessError } from "./root-access-error.ts";

export interface RootSessionRequest extends AwsAccess, RootSessionTerms {}

/** What a root session is for. */
export interface RootSessionTerms {
  /** The member account whose root user the session is. */
  readonly accountId: AccountId;
  readonly task: TaskName;
  /** Seconds, 1 to 900; 900 where not given. */
  readonly durationSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A short session as a member account's root user, limited to one task. Printing it never shows its credentials. */
export interface RootSession {
  readonly accountId: AccountId;
  readonly task: TaskName;
  readonly expiresAt: Date;
  /** What the caller's own session said who acts, which AWS hands on; absent where it said nothing. */
  readonly sourceIdentity?: string;
  /** The actions that the task policy leaves to the session. */
  readonly mayDo: readonly string[];
  readonly credentials: RootSessionCredentials;
  /** The session as seen by SDK clients, in the given Region. */
  readonly access: (region: string) => AwsAccess;
}

/** Credentials that neither `console.log` nor `JSON.stringify` nor a template string can show. */
export class RootSessionCredentials {
  readonly #identity: AwsCredentialIdentity;

  constructor(identity: AwsCredentialIdentity) {
    this.#identity = identity;
  }

  /** The keys themselves, for an SDK client or the environment of a child process. Nowhere else. */
  reveal(): AwsCredentialIdentity {
    return this.#identity;
  }

  toJSON(): string {
    return "[credentials of a root session]";
  }
}

/**
 * Opens a root session: `sts:AssumeRoot`, always by the Region's own STS endpoint.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1 and 2.
 *
 * @throws RootAccessError `usage` for a duration outside 1..900, `refused` for the global endpoint, `not-authenticated`,
 *   `not-authorized` with AWS's message and what to do about it, `aws-failed`, `cancelled`
 * @example
 * const management = accessFromProfile("break-glass", "ap-northeast-2");
 * const session = await openRootSession({ ...management, accountId, task: "S3UnlockBucketPolicy" });
 */
export async function openRootSession(request: RootSessionRequest): Promise<RootSession> {
  return assumeRoot(await stsClient(request, patientWith(request.signal)), request);
}

/** The same by a client of {@link stsClient} that is there already: for many sessions one after the other. */
export async function assumeRoot(sts: STSClient, terms: RootSessionTerms): Promise<RootSession> {
  const { accountId, task, durationSeconds = longestSession, signal } = terms;
  checkDuration(durationSeconds);
  const { AssumeRootCommand } = await import("@aws-sdk/client-sts");
  const command = new AssumeRootCommand({
    TargetPrincipal: accountId,
    TaskPolicyArn: { arn: taskPolicyArn(task) },
    DurationSeconds: durationSeconds,
  });
  const doing = `open a root session for ${task} in account ${accountId}`;
  const { Credentials, SourceIdentity } = await callAws({ doing, effect: "Nothing has been changed." }, () =>
    sts.send(command, endedBy(signal)),
  );
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.Expiration) {
    throw new RootAccessError({ reason: "aws-failed", what: `Could not ${doing}: AWS answered without credentials.` });
  }
  const credentials = new RootSessionCredentials({
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    ...(Credentials.SessionToken ? { sessionToken: Credentials.SessionToken } : {}),
    expiration: Credentials.Expiration,
  });
  return {
    accountId,
    task,
    expiresAt: Credentials.Expiration,
    ...(SourceIdentity ? { sourceIdentity: SourceIdentity } : {}),
    mayDo: actionsLeftBy(task),
    credentials,
    access: (region) => ({
      region,
      label: `the root session in account ${accountId}`,
      credentials: () => Promise.resolve(credentials.reveal()),
    }),
  };
}

/**
 * Asks AWS who the session is and insists that it is the member account's root user.
 *
 * @returns the root user's ARN
 * @throws RootAccessError `refused` when AWS names anybody else
 */
export async function confirmRootIdentity(
  session: AwsAccess,
  accountId: AccountId,
  signal?: AbortSignal,
): Promise<string> {
  const { arn } = await identifyCaller(session, signal);
  if (arn === rootUserArn(accountId)) return arn;
  throw new RootAccessError({
    reason: "refused",
    what: `The session for account ${accountId} is ${arn}, not that account's root user.`,
    effect: "Nothing has been changed.",
    next: "Check which endpoint answers for STS.",
  });
}

const longestSession = 900;

function checkDuration(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= longestSession) return;
  throw new RootAccessError({
    reason: "usage",
    what: `A root session lasts between 1 and ${longestSession} seconds, not ${seconds}.`,
    effect: "Nothing has been sent.",
  });
}

/** All task policies begin with "deny everything but"; what stands there is what the session is for. */
function actionsLeftBy(task: TaskName): readonly string[] {
  return taskPolicyDocument(task).statements.flatMap(({ notActions }) => notActions ?? []);
}
