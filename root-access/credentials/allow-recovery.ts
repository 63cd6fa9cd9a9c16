import type { AccountId } from "#iam";
import { auditedAccounts, type AccountsRequest } from "../audit/audited-accounts.ts";
import type { RootCredentials } from "../audit/account-audit.ts";
import { patience } from "../aws/patience.ts";
import { readRootCredentials } from "../audit/root-credentials.ts";
import type { AwsAccess } from "../aws/aws-access.ts";
import { endedBy, iamClients } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { identifyPossibleCaller } from "../caller.ts";
import type { MemberAccount } from "../member-accounts.ts";
import { waitFor } from "../poll.ts";
import type { RunningRecord } from "../records/recorded-run.ts";
import { RootAccessError } from "../root-access-error.ts";
import { openRootSession } from "../root-session.ts";
import { type Effect, nothingChanged, telling, unchanged } from "../told-effect.ts";
import { hasPassword, type RootUserRequests } from "./credential-inventory.ts";

export interface RecoveryRequest extends AccountsRequest {
  readonly accountId: AccountId;
  readonly record: RunningRecord;
  /** Looks, and changes nothing. Default false. */
  readonly dryRun?: boolean;
  /** Asked before the one write; `false` ends the walk. Default: nobody is asked. */
  readonly confirm?: (account: MemberAccount) => Promise<boolean>;
}

export interface RecoveryResult {
  /**
   * `already allowed`: there is a login profile and nothing else, so that a password has been set or can be; AWS does not
   * tell which. `would be allowed`: a dry run found nothing in the way. With both nothing was written.
   */
  readonly outcome: "allowed" | "already allowed" | "would be allowed";
  readonly account: MemberAccount;
}

/**
 * Allows password recovery for a member account's root user who has no credentials: whoever reads the mail of its address
 * can then set a password and is the root user without limits. Looks first, by the audit task, and verifies.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1 and 2.
 *
 * @throws RootAccessError `refused` where there are credentials, `not-authorized` for an account that has no root sessions
 */
export async function allowRecovery(request: RecoveryRequest): Promise<RecoveryResult> {
  const { accountId, record, confirm, dryRun = false } = request;
  const breakGlass = record.noting(request.breakGlass);
  const { account, present } = await telling(unchanged, () => lookFirst(request, breakGlass));
  if (present) return { outcome: onlyPassword(present, accountId), account };
  if (dryRun) return { outcome: "would be allowed", account };
  if (confirm && !(await confirm(account))) throw notConfirmed(accountId);
  const session = await telling(unchanged, () => sessionFor(request, breakGlass, "IAMCreateRootUserPassword"));
  await record.changing({ account: accountId, creates: ["login profile"] });
  await telling(mayBeAllowed(accountId), () => createLoginProfile(session));
  await telling(isAllowed, () => seen(session));
  return { outcome: "allowed", account };
}

function mayBeAllowed(accountId: AccountId): Effect {
  const failed = `Recovery may or may not have been allowed: break-glass audit --account ${accountId} shows a password where it has.`;
  return { failed, denied: nothingChanged };
}

const accepted = "AWS accepted the change: recovery has been allowed.";
const isAllowed: Effect = { failed: accepted, denied: accepted };

async function lookFirst(
  request: RecoveryRequest,
  breakGlass: AwsAccess,
): Promise<{ readonly account: MemberAccount; readonly present: RootCredentials | undefined }> {
  const caller = await identifyPossibleCaller(breakGlass, request.signal);
  const account = await activeMember({ ...request, breakGlass });
  await request.record.begin(caller);
  return { account, present: await credentialsOf(request, breakGlass) };
}

async function activeMember(request: RecoveryRequest): Promise<MemberAccount> {
  const choice = { accounts: [request.accountId], organizationalUnits: [] };
  for await (const member of auditedAccounts({ ...request, choice })) return member;
  return { id: request.accountId };
}

async function credentialsOf(request: RecoveryRequest, breakGlass: AwsAccess): Promise<RootCredentials | undefined> {
  const { iam, accountId, signal } = await sessionFor(request, breakGlass, "IAMAuditRootUserCredentials");
  return readRootCredentials(iam, accountId, signal);
}

async function sessionFor(
  { accountId, record, signal }: RecoveryRequest,
  breakGlass: AwsAccess,
  task: "IAMAuditRootUserCredentials" | "IAMCreateRootUserPassword",
): Promise<RootUserRequests> {
  const session = await openRootSession({ ...breakGlass, accountId, task, signal });
  record.sourceIdentity(session.sourceIdentity);
  const iam = await iamClients(breakGlass.region, { retryStrategy: patience({ signal }) });
  return { iam: iam(record.noting(session.access(breakGlass.region))), accountId, signal };
}

function onlyPassword(present: RootCredentials, accountId: AccountId): "already allowed" {
  const { accessKeys, signingCertificates, mfaDevices } = present;
  if (accessKeys.length + signingCertificates.length + mfaDevices.length === 0) return "already allowed";
  throw refused(
    `The root user of ${accountId} has credentials: recovery is for one that has none.`,
    `Delete them first: break-glass credentials delete --account ${accountId}`,
  );
}

async function createLoginProfile({ iam, accountId, signal }: RootUserRequests): Promise<void> {
  const { CreateLoginProfileCommand } = await import("@aws-sdk/client-iam");
  const call = { doing: `allow password recovery for the root user of ${accountId}` };
  try {
    // Neither name nor password is given for the root user (docs/aws-behaviour.md, section 2).
    await callAws(call, () => iam.send(new CreateLoginProfileCommand({}), endedBy(signal)));
  } catch (error) {
    // The answer to an earlier attempt was lost: there was none when this session looked.
    if (awsErrorCode(error) !== "EntityAlreadyExistsException") throw error;
  }
}

async function seen(requests: RootUserRequests): Promise<void> {
  await waitFor({
    waitingFor: `the login profile of ${requests.accountId} to be there`,
    look: async () => ((await hasPassword(requests)) ? { found: true } : { instead: "there is none" }),
    deadlineMilliseconds: 30_000,
    signal: requests.signal,
  });
}

function refused(what: string, next: string): RootAccessError {
  return new RootAccessError({ reason: "refused", what, effect: "Nothing has been changed.", next });
}

function notConfirmed(accountId: AccountId): RootAccessError {
  return new RootAccessError({
    reason: "cancelled",
    what: `Password recovery for the root user of ${accountId} stays impossible: nobody confirmed it.`,
    effect: "Nothing has been changed.",
  });
}
