import { type AccountId, parseAccountId } from "#iam";

/** An account id that a test knows to be one. */
export function accountIdOf(text: string): AccountId {
  const accountId = parseAccountId(text);
  if (accountId === undefined) throw new Error(`${text} is not an account id`);
  return accountId;
}
