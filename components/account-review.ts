import { type AccountId, parseAccountId } from "#iam";
import type { Organization, OrganizationAccount } from "./organization-facts.ts";
import { refused, type Reviewed } from "./review.ts";

/**
 * Finds a configured account id among the organization's accounts.
 *
 * @param key the configuration key that names the account; the sentence begins with it
 * @param organization where the accounts are unknown, the id need only be well formed
 */
export function reviewAccount(key: string, text: string, organization: Organization | undefined): Reviewed<AccountId> {
  const accountId = parseAccountId(text);
  if (accountId === undefined) {
    return refused(
      `${key}: ${text} is not an account id; write its 12 digits in quotation marks, because YAML takes bare digits for a number and drops leading zeros.`,
    );
  }
  if (organization === undefined || organization.accounts.length === 0) return { accepted: accountId };
  const account = findAccount(accountId, organization);
  if (account === undefined) return refused(`${key}: account ${accountId} is not in organization ${organization.id}.`);
  if (account.state !== "ACTIVE") {
    return refused(
      `${key}: account ${describeAccount(accountId, organization)} is in state ${account.state}; choose an active account.`,
    );
  }
  return { accepted: accountId };
}

/** @returns the id with the account's name, as people know it: `222222222222 (Audit)` */
export function describeAccount(accountId: string, organization: Organization): string {
  const name = findAccount(accountId, organization)?.name;
  return name === undefined ? accountId : `${accountId} (${name})`;
}

function findAccount(accountId: string, { accounts }: Organization): OrganizationAccount | undefined {
  return accounts.find(({ id }) => id === accountId);
}
