import type { AccountId } from "#iam";
import { type AccountAudit, type RootCredentials } from "../audit/account-audit.ts";
import { openAudit } from "../audit/audit.ts";
import type { AccountsRequest } from "../audit/audited-accounts.ts";
import { concurrently } from "../audit/concurrently.ts";
import { createPace } from "../audit/pace.ts";
import { patience } from "../aws/patience.ts";
import { iamClients, sharedConnections, stsClient } from "../aws/aws-clients.ts";
import type { AccountChoice } from "../member-accounts.ts";
import type { RunningRecord } from "../records/recorded-run.ts";
import { RootAccessError } from "../root-access-error.ts";
import { assumeRoot } from "../root-session.ts";
import { type Deletion, deleteCredentials } from "./delete-credentials.ts";

export interface DeletionRequest extends AccountsRequest {
  /** Both lists empty: every active member account. */
  readonly choice: AccountChoice;
  /** Where the audit that comes first keeps its journal; see `defaultAuditFolder`. */
  readonly folder: string;
  readonly record: RunningRecord;
  /** Reads what is there; deletes nothing and asks nobody. Default false. */
  readonly dryRun?: boolean;
  /** Asked once, with everything that is about to go; `false` ends the run. Default: nobody is asked. */
  readonly confirm?: (findings: readonly RootCredentialFindings[]) => Promise<boolean>;
}

/** An account whose root user has credentials, as the audit found them. */
export type RootCredentialFindings = Extract<AccountAudit, { readonly outcome: "findings" }>;

/** What has become of one account. Credentials are called by name: `access key …OT01`. */
export type AccountDeletion = { readonly account: string; readonly name?: string | undefined } & (
  | { readonly outcome: "deleted"; readonly deleted: readonly string[] }
  | { readonly outcome: "nothing to delete" }
  | { readonly outcome: "would be deleted"; readonly credentials: RootCredentials }
  | { readonly outcome: "skipped"; readonly why: string }
  | {
      readonly outcome: "failed";
      readonly why: string;
      readonly deleted: readonly string[];
      /** Still there, or not known to be gone; absent where the account could not even be read. */
      readonly left?: readonly string[];
    }
);

/**
 * Deletes the root credentials of member accounts: reads them all by the audit task, asks, then deletes and verifies, ten
 * accounts at once. What goes wrong in one account is its result. Run again, it finds what is left.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1 and 2.
 *
 * @throws RootAccessError what concerns every account, and `cancelled`; an account that was under way has given its result
 * @example for await (const { account, outcome } of deleteInAccounts(request)) console.log(account, outcome);
 */
export async function* deleteInAccounts(request: DeletionRequest): AsyncGenerator<AccountDeletion> {
  const { breakGlass, dryRun = false, confirm, signal } = request;
  const findings: RootCredentialFindings[] = [];
  for await (const result of audited(request)) {
    if (result.outcome === "findings" && !dryRun) findings.push(result);
    else yield withoutDeleting(result);
  }
  if (findings.length === 0) return;
  if (confirm && !(await confirm(findings))) throw notConfirmed(findings);
  yield* deleteAll(request, findings);
  if (signal?.aborted) throw cancelled(breakGlass.label);
}

/** Whatever ends the audit ends it before anything is deleted. */
async function* audited(request: DeletionRequest): AsyncGenerator<AccountAudit> {
  try {
    yield* (await openAudit(request)).run();
  } catch (error) {
    throw error instanceof RootAccessError ? error.withEffect("Nothing has been deleted.") : error;
  }
}

const accountsAtOnce = 10;

async function* deleteAll(
  { breakGlass, record, signal }: DeletionRequest,
  findings: readonly RootCredentialFindings[],
): AsyncGenerator<AccountDeletion> {
  const noted = record.noting(breakGlass);
  const requestHandler = await sharedConnections(accountsAtOnce * 4);
  const sts = await stsClient(noted, { requestHandler, retryStrategy: patience({ pace: createPace(), signal }) });
  const iam = await iamClients(noted.region, { requestHandler, retryStrategy: patience({ signal }) });
  const work = async (finding: RootCredentialFindings): Promise<AccountDeletion> => {
    if (signal?.aborted) throw cancelled(breakGlass.label);
    return deleteIn(finding, async (accountId) => {
      const session = await assumeRoot(sts, { accountId, task: "IAMDeleteRootUserCredentials", signal });
      record.sourceIdentity(session.sourceIdentity);
      const client = iam(record.noting(session.access(noted.region)));
      return deleteCredentials({ iam: client, accountId, signal }, (names) =>
        record.changing({ account: accountId, deletes: [...names] }),
      );
    });
  };
  try {
    yield* concurrently(each(findings), accountsAtOnce, work);
  } finally {
    requestHandler.destroy();
  }
}

async function deleteIn(
  { account, name }: RootCredentialFindings,
  remove: (accountId: AccountId) => Promise<Deletion>,
): Promise<AccountDeletion> {
  const which = { account, ...(name === undefined ? {} : { name }) };
  try {
    const { deleted, left, failures } = await remove(account);
    if (failures.length === 0 && left.length === 0) {
      return deleted.length > 0
        ? { ...which, outcome: "deleted", deleted }
        : { ...which, outcome: "nothing to delete" };
    }
    return { ...which, outcome: "failed", why: failures.map(reason).join(" "), deleted, left };
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    return { ...which, outcome: "failed", why: `${reason(error)} Nothing has been deleted.`, deleted: [] };
  }
}

/** An expired session is this run's, not the person's: "sign in again" would be wrong. */
function reason({ failure: { what, next, reason } }: RootAccessError): string {
  return reason === "not-authenticated" || next === undefined ? what : `${what} ${next}`;
}

function withoutDeleting(result: AccountAudit): AccountDeletion {
  const { account, name, outcome } = result;
  const which = { account, ...(name === undefined ? {} : { name }) };
  switch (outcome) {
    case "findings":
      return { ...which, outcome: "would be deleted", credentials: result.credentials };
    case "clean":
      return { ...which, outcome: "nothing to delete" };
    case "skipped":
      return { ...which, outcome: "skipped", why: result.why };
    case "not read":
      return { ...which, outcome: "failed", why: `${result.why} Nothing has been deleted.`, deleted: [] };
  }
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield await Promise.resolve(item);
}

function notConfirmed(findings: readonly RootCredentialFindings[]): RootAccessError {
  const accounts = findings.map(({ account }) => account).join(", ");
  return new RootAccessError({
    reason: "cancelled",
    what: `The root credentials in ${accounts} stay: nobody confirmed that they shall go.`,
    effect: "Nothing has been changed.",
  });
}

function cancelled(label: string): RootAccessError {
  return new RootAccessError({
    reason: "cancelled",
    what: `Cancelled: deleting root credentials as ${label}.`,
    effect: "What each account that was under way has come to stands above; the others are as they were.",
    next: "The same command goes on with what is left.",
  });
}
