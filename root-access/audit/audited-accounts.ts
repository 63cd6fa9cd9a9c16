import type { AwsAccess } from "../aws/aws-access.ts";
import { organizationsClient } from "../aws/aws-clients.ts";
import { identifyPossibleCaller } from "../caller.ts";
import { type AccountChoice, findChosenAccounts, type MemberAccount } from "../member-accounts.ts";
import { findOrganization, type Organization } from "../organization.ts";
import { RootAccessError } from "../root-access-error.ts";
import { createPace } from "./pace.ts";
import { patience } from "../aws/patience.ts";

/**
 * The member accounts that an audit would read or skip: lists, and opens no root session.
 *
 * @throws RootAccessError
 */
export async function* auditedAccounts(
  request: AccountsRequest & { readonly choice: AccountChoice },
): AsyncGenerator<MemberAccount> {
  await identifyPossibleCaller(request.breakGlass, request.signal);
  yield* await membersToRead(await organizationUnlessDenied(request, request.choice), request.choice);
}

/** Who asks AWS for the accounts, and who is told of what could not be asked. */
export interface AccountsRequest {
  /** Who may open root sessions: the management account or the delegated administrator. */
  readonly breakGlass: AwsAccess;
  /** Told in a sentence what could not be checked. */
  readonly onNote?: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Listed as they are needed, or known from the request. */
export type Members = AsyncIterable<MemberAccount> | Iterable<MemberAccount>;

/** Those that an audit is about. */
export async function membersToRead(organization: Organization | undefined, choice: AccountChoice): Promise<Members> {
  if (organization) return findChosenAccounts(organization, choice);
  return [...new Set(choice.accounts)].map((id) => ({ id }));
}

/** Whoever may only open root sessions can still audit accounts by their ids. */
export async function organizationUnlessDenied(
  { breakGlass, onNote, signal }: AccountsRequest,
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
