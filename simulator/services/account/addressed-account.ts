import { type AccountId, parseAccountId } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationAccount } from "../../state/organization.ts";
import { checkConstraints } from "../json-refusals.ts";
import type { Call, Requirement } from "../service.ts";

interface NamesAccount {
  readonly AccountId?: string | undefined;
}

const trustedService = "account.amazonaws.com";

export function checkAccountId({ AccountId }: NamesAccount): void {
  checkConstraints({ AccountId }, { AccountId: { pattern: /\d{12}/ } });
}

/** The action on one's own account or, across the organization, on the member account that is named. */
export function onAccount({ AccountId: id }: NamesAccount, { caller, state }: Call): readonly Requirement[] {
  const { managementAccountId, id: organizationId } = state.organization;
  if (id === undefined) return [{ resource: `arn:aws:account::${caller.accountId}:account` }];
  return [{ resource: `arn:aws:account::${managementAccountId}:account/${organizationId}/${id}` }];
}

/**
 * The account that a request is about.
 *
 * @throws AwsFault AccessDeniedException unless the caller may speak for another account: the management account or a
 *   delegated administrator, with trusted access on
 */
export function addressedAccount({ AccountId: id }: NamesAccount, action: string, call: Call): OrganizationAccount {
  const { accounts, delegatedAdministrators, managementAccountId, trustedServices } = call.state.organization;
  const { accountId, principal } = call.caller;
  const refused = (why: string): AwsFault =>
    new AwsFault(
      "AccessDeniedException",
      `User: ${principal.arn} is not authorized to perform: account:${action}${why}`,
      { status: 403 },
    );
  if (id === undefined) return existing(accounts.get(accountId));
  const isDelegate = delegatedAdministrators.get(trustedService)?.has(accountId) ?? false;
  if (accountId !== managementAccountId && !isDelegate) throw refused("");
  if (!trustedServices.has(trustedService)) {
    throw refused(" (Your organization must first enable trusted access with AWS Account Management.)");
  }
  if (id === managementAccountId) {
    throw refused(
      " (The management account can only be managed using the standalone context from the management account.)",
    );
  }
  return existing(accounts.get(parsedId(id)), () => refused(" (The account is not a member of your organization.)"));
}

function existing(
  account: OrganizationAccount | undefined,
  otherwise: () => Error = () => new Error("A caller belongs to an account of the organization."),
): OrganizationAccount {
  if (!account) throw otherwise();
  return account;
}

function parsedId(text: string): AccountId {
  const id = parseAccountId(text);
  if (id === undefined) throw new Error("Constraints are checked before they are relied upon.");
  return id;
}
