import { type AccountId, parseAccountId } from "#iam";
import { comparable } from "../configuration/configuration-values.ts";
import type { Organization, OrganizationAccount } from "../facts/organization-facts.ts";
import { refused, type Reviewed } from "../review.ts";

/**
 * Finds a configured account, by id or by name, among the organization's accounts.
 *
 * @param key the configuration key that names the account; the sentence begins with it
 * @param organization where the accounts are unknown, an id need only be well formed
 */
export function reviewAccount(key: string, text: string, organization: Organization | undefined): Reviewed<AccountId> {
  const accountId = parseAccountId(text);
  if (accountId === undefined && /^\d+$/.test(text)) {
    return refused(
      `${key}: ${text} is not an account id; write its 12 digits in quotation marks, because YAML takes bare digits for a number and drops leading zeros.`,
    );
  }
  if (organization === undefined || organization.accounts.length === 0) {
    return accountId === undefined
      ? refused(`${key}: the account named ${text} cannot be looked up with these credentials; give its 12-digit id.`)
      : { accepted: accountId };
  }
  return accountId === undefined ? accountOfName(key, text, organization) : accountOfId(key, accountId, organization);
}

/** @returns the id with the account's name, as people know it: `222222222222 (Audit)` */
export function describeAccount(accountId: string, organization: Organization): string {
  const name = organization.accounts.find(({ id }) => id === accountId)?.name;
  return name === undefined ? accountId : `${accountId} (${name})`;
}

function accountOfId(key: string, accountId: AccountId, organization: Organization): Reviewed<AccountId> {
  const account = organization.accounts.find(({ id }) => id === accountId);
  if (account === undefined) return refused(`${key}: account ${accountId} is not in organization ${organization.id}.`);
  return active(key, accountId, account);
}

/** Account names need not be unique. */
function accountOfName(key: string, name: string, organization: Organization): Reviewed<AccountId> {
  const [account, ...others] = organization.accounts.filter((candidate) => comparable(candidate.name) === name);
  const accountId = parseAccountId(account?.id ?? "");
  if (account === undefined || accountId === undefined) {
    return refused(
      `${key}: no account of organization ${organization.id} is named ${name}; check the spelling, or give its 12-digit id in quotation marks.`,
    );
  }
  if (others.length > 0) {
    const ids = [account, ...others].map(({ id }) => id).join(", ");
    return refused(`${key}: more than one account is named ${name} (${ids}); give the id in quotation marks.`);
  }
  return active(key, accountId, account);
}

function active(key: string, accountId: AccountId, { name, state }: OrganizationAccount): Reviewed<AccountId> {
  if (state === "ACTIVE") return { accepted: accountId };
  return refused(`${key}: account ${accountId} (${name}) is in state ${state}; choose an active account.`);
}
