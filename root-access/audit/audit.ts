import { iamClients, sharedConnections, stsClient } from "../aws/aws-clients.ts";
import { type CallerIdentity, identifyPossibleCaller } from "../caller.ts";
import { type AccountChoice, type MemberAccount, parseAccountChoice } from "../member-accounts.ts";
import type { Organization } from "../organization.ts";
import type { RunningRecord } from "../records/recorded-run.ts";
import { RootAccessError } from "../root-access-error.ts";
import { assumeRoot } from "../root-session.ts";
import type { AccountAudit } from "./account-audit.ts";
import { auditAccount } from "./audit-account.ts";
import { type AccountsRequest, type Members, membersToRead, organizationUnlessDenied } from "./audited-accounts.ts";
import { concurrently } from "./concurrently.ts";
import { beginJournal, type Journal, resumeJournal } from "./journal.ts";
import type { JournalHeader } from "./journal-line.ts";
import { createPace } from "./pace.ts";
import { patience } from "../aws/patience.ts";
import { resultsIn } from "./read-journal.ts";
import { readRootCredentials } from "./root-credentials.ts";

export interface AuditRequest extends AccountsRequest {
  /** See `defaultAuditFolder`. */
  readonly folder: string;
  /** `"latest"`: go on with the latest audit that has left accounts unread, for the accounts that it was about. */
  readonly choice: AccountChoice | "latest";
  /** The record of the run; begun before the first root session is opened. Default: none is kept. */
  readonly record?: RunningRecord;
  /** Told of every account to be read as soon as it is known, and when all are known. */
  readonly onListed?: (listed: number, isAll: boolean) => void;
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
export async function openAudit(given: AuditRequest): Promise<Audit> {
  const request = { ...given, breakGlass: given.record?.noting(given.breakGlass) ?? given.breakGlass };
  const { breakGlass, folder, signal } = request;
  const caller = await identifyPossibleCaller(breakGlass, signal);
  const earlier = request.choice === "latest" ? await resumeJournal(folder) : undefined;
  try {
    const choice = earlier ? chosenIn(earlier) : chosenBy(request);
    const organization = await organizationUnlessDenied(request, choice);
    if (earlier) checkSameOrganization(earlier, organization);
    const members = await membersToRead(organization, choice);
    const journal = earlier ?? (await beginJournal(folder, headerOf(caller, organization, choice)));
    return await recordedAudit(request, journal, members, caller);
  } catch (error) {
    await earlier?.close();
    throw error;
  }
}

async function recordedAudit(
  request: AuditRequest,
  journal: Journal,
  members: Members,
  caller: CallerIdentity,
): Promise<Audit> {
  await request.record?.begin(caller, { details: journal.path });
  return {
    path: journal.path,
    startedAt: journal.header.startedAt,
    settled: journal.settled.size,
    run: () => run(request, journal, members),
    results: () => resultsIn(journal.path),
  };
}

function headerOf(
  caller: CallerIdentity,
  organization: Organization | undefined,
  choice: AccountChoice,
): JournalHeader {
  return {
    format: "aws-break-glass/audit/1",
    startedAt: new Date().toISOString(),
    caller: caller.arn,
    ...(organization ? { organization: organization.id } : {}),
    ...choice,
  };
}

const accountsAtOnce = 40;

async function* run(request: AuditRequest, journal: Journal, members: Members): AsyncGenerator<AccountAudit> {
  const { breakGlass, record, signal } = request;
  const requestHandler = await sharedConnections(accountsAtOnce);
  const sts = await stsClient(breakGlass, { requestHandler, retryStrategy: patience({ pace: createPace(), signal }) });
  const iam = await iamClients(breakGlass.region, { requestHandler, retryStrategy: patience({ signal }) });
  const read = async (member: MemberAccount): Promise<AccountAudit> => {
    const result = await auditAccount(member, {
      openSession: (accountId) => assumeRoot(sts, { accountId, task: "IAMAuditRootUserCredentials", signal }),
      credentialsOf: (session) => {
        const access = session.access(breakGlass.region);
        return readRootCredentials(iam(record?.noting(access) ?? access), session.accountId, signal);
      },
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
