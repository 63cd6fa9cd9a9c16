import type { AccountId } from "#iam";
import type { AwsAccess } from "../aws-access.ts";
import { iamClients, organizationsClient, sharedConnections, stsClient } from "../aws-clients.ts";
import { identifyPossibleCaller } from "../caller.ts";
import { type AccountChoice, findChosenAccounts, type MemberAccount, parseAccountChoice } from "../member-accounts.ts";
import { findOrganization, type Organization } from "../organization.ts";
import { RootAccessError } from "../root-access-error.ts";
import { assumeRoot, type RootSession } from "../root-session.ts";
import type { AccountAudit } from "./account-audit.ts";
import { concurrently } from "./concurrently.ts";
import { beginJournal, type Journal, resultsIn, resumeJournal } from "./journal.ts";
import { createPace } from "./pace.ts";
import { patience } from "./patience.ts";
import { readRootCredentials } from "./root-credentials.ts";

export interface AuditRequest {
  /** Who may open root sessions: the management account or the delegated administrator. */
  readonly breakGlass: AwsAccess;
  /** See `defaultAuditFolder`. */
  readonly folder: string;
  /** `"latest"`: go on with the latest audit that has left accounts unread, for the accounts that it was about. */
  readonly choice: AccountChoice | "latest";
  /** Told of every account to be read as soon as it is known, and when all are known. */
  readonly onListed?: (listed: number, isAll: boolean) => void;
  /** Told in a sentence what could not be checked. */
  readonly onNote?: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** An audit that is ready to run. */
export interface Audit {
  /** The journal's file. */
  readonly path: string;
  readonly startedAt: string;
  /** How many accounts have their result already. */
  readonly settled: number;
  /** Reads the accounts that are left, and gives each result when it is on disk. */
  readonly run: () => AsyncGenerator<AccountAudit>;
  /** The latest result of each account, from disk. */
  readonly results: () => AsyncGenerator<AccountAudit>;
}

/**
 * Prepares an audit of member accounts' root credentials: who am I, which organization, a journal on disk. Running it
 * makes two calls for an account without credentials, AssumeRoot and GetAccountSummary, and more only where something is
 * there. An account that cannot be read is a result with its reason; what concerns every account ends the run.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 2 and 8.
 *
 * @throws RootAccessError; `run` throws it too, `cancelled` for the signal; the journal then holds what has been done
 * @example
 * const audit = await openAudit({ breakGlass, folder: defaultAuditFolder(), choice: parseAccountChoice([], []) });
 * for await (const result of audit.run()) console.log(result.account, result.outcome);
 */
export async function openAudit(request: AuditRequest): Promise<Audit> {
  const { breakGlass, folder, signal } = request;
  const caller = await identifyPossibleCaller(breakGlass, signal);
  const earlier = request.choice === "latest" ? await resumeJournal(folder) : undefined;
  const choice = earlier ? chosenIn(earlier) : chosenBy(request);
  const organization = await organizationUnlessDenied(request, choice);
  if (earlier) checkSameOrganization(earlier, organization);
  const members = await membersToRead(organization, choice);
  const journal =
    earlier ??
    (await beginJournal(folder, {
      format: "aws-break-glass/audit/1",
      startedAt: new Date().toISOString(),
      caller: caller.arn,
      ...(organization ? { organization: organization.id } : {}),
      ...choice,
    }));
  return {
    path: journal.path,
    startedAt: journal.header.startedAt,
    settled: journal.settled.size,
    run: () => run(request, journal, members),
    results: () => resultsIn(journal.path),
  };
}

/**
 * The member accounts that an audit would read or skip: lists, and opens no root session.
 *
 * @throws RootAccessError
 */
export async function* auditedAccounts(
  request: Pick<AuditRequest, "breakGlass" | "onNote" | "signal"> & { readonly choice: AccountChoice },
): AsyncGenerator<MemberAccount> {
  await identifyPossibleCaller(request.breakGlass, request.signal);
  yield* await membersToRead(await organizationUnlessDenied(request, request.choice), request.choice);
}

const accountsAtOnce = 40;

async function* run(request: AuditRequest, journal: Journal, members: Members): AsyncGenerator<AccountAudit> {
  const { breakGlass, signal } = request;
  const requestHandler = await sharedConnections(accountsAtOnce);
  const sts = await stsClient(breakGlass, { requestHandler, retryStrategy: patience({ pace: createPace(), signal }) });
  const iam = await iamClients(breakGlass.region, { requestHandler, retryStrategy: patience({ signal }) });
  const read = async (member: MemberAccount): Promise<AccountAudit> => {
    const result = await auditAccount(member, {
      openSession: (accountId) => assumeRoot(sts, { accountId, task: "IAMAuditRootUserCredentials", signal }),
      credentialsOf: (session) =>
        readRootCredentials(iam(session.access(breakGlass.region)), session.accountId, signal),
    });
    await journal.keep(result);
    return result;
  };
  try {
    yield* concurrently(counted(leftIn(journal, members), request), accountsAtOnce, read);
    await journal.finish();
  } finally {
    requestHandler.destroy();
    await journal.close();
  }
}

interface Reading {
  readonly openSession: (accountId: AccountId) => Promise<RootSession>;
  readonly credentialsOf: (session: RootSession) => ReturnType<typeof readRootCredentials>;
}

async function auditAccount(member: MemberAccount, { openSession, credentialsOf }: Reading): Promise<AccountAudit> {
  const account = { account: member.id, ...(member.name === undefined ? {} : { name: member.name }) };
  if (member.state !== undefined && member.state !== "ACTIVE") {
    return { ...account, outcome: "skipped", why: member.state.toLowerCase().replaceAll("_", " ") };
  }
  try {
    const credentials = await credentialsOf(await sessionIn(member.id, openSession));
    return credentials ? { ...account, outcome: "findings", credentials } : { ...account, outcome: "clean" };
  } catch (error) {
    if (!(error instanceof RootAccessError) || error instanceof ConcernsEveryAccount) throw error;
    if (error.reason === "cancelled") throw error;
    return { ...account, outcome: "not read", why: [error.failure.what, error.failure.next].join(" ").trim() };
  }
}

/** What would be said of every account alike is said once. */
class ConcernsEveryAccount extends RootAccessError {}

async function sessionIn(accountId: AccountId, openSession: Reading["openSession"]): Promise<RootSession> {
  try {
    return await openSession(accountId);
  } catch (error) {
    throw error instanceof RootAccessError && concernsEveryAccount(error)
      ? new ConcernsEveryAccount(error.failure)
      : error;
  }
}

/** The caller's own credentials, the way to AWS, or the organization's settings (docs/aws-behaviour.md, section 1). */
function concernsEveryAccount({ failure: { reason, aws } }: RootAccessError): boolean {
  if (reason === "not-authenticated" || reason === "refused") return true;
  if (aws === undefined) return reason === "aws-failed";
  return /not enabled for (your )?AWS Organizations?/.test(aws.message);
}

async function* leftIn(journal: Journal, members: Members): AsyncGenerator<MemberAccount> {
  for await (const member of members) if (!journal.settled.has(member.id)) yield member;
}

async function* counted(members: Members, { onListed }: AuditRequest): AsyncGenerator<MemberAccount> {
  let listed = 0;
  for await (const member of members) {
    onListed?.((listed += 1), false);
    yield member;
  }
  onListed?.(listed, true);
}

type Members = AsyncIterable<MemberAccount> | Iterable<MemberAccount>;

async function membersToRead(organization: Organization | undefined, choice: AccountChoice): Promise<Members> {
  if (organization) return findChosenAccounts(organization, choice);
  return [...new Set(choice.accounts)].map((id) => ({ id }));
}

/** Whoever may only open root sessions can still audit accounts by their ids. */
async function organizationUnlessDenied(
  { breakGlass, onNote, signal }: Pick<AuditRequest, "breakGlass" | "onNote" | "signal">,
  choice: AccountChoice,
): Promise<Organization | undefined> {
  try {
    const client = await organizationsClient(breakGlass, { retryStrategy: patience({ pace: createPace(), signal }) });
    return await findOrganization(client, signal);
  } catch (error) {
    const byIdOnly = choice.accounts.length > 0 && choice.organizationalUnits.length === 0;
    if (!byIdOnly || !(error instanceof RootAccessError) || error.reason !== "not-authorized") throw error;
    onNote?.("Names and states of the accounts: not checked: needs organizations:ListRoots.");
    return undefined;
  }
}

function chosenBy({ choice }: AuditRequest): AccountChoice {
  return choice === "latest" ? { accounts: [], organizationalUnits: [] } : choice;
}

function chosenIn({ header }: Journal): AccountChoice {
  return parseAccountChoice(header.accounts, header.organizationalUnits);
}

function checkSameOrganization({ path, header }: Journal, organization: Organization | undefined): void {
  if (header.organization === organization?.id) return;
  throw new RootAccessError({
    reason: "refused",
    what: `The audit in ${path} is of the organization ${header.organization ?? "unknown"}, the profile is of ${organization?.id ?? "an unknown one"}.`,
    effect: "No root session has been opened.",
    next: "Use a profile of that organization, or start a new audit without --resume.",
  });
}
