/** A 12-digit AWS account id. Made only by {@link parseAccountId}, so a value of this type is always well formed. */
export type AccountId = string & { readonly __brand: "AccountId" };

/**
 * Reads an AWS account id.
 *
 * @returns the id, or `undefined` when `text` is not exactly twelve digits
 * @example parseAccountId("222222222222")
 */
export function parseAccountId(text: string): AccountId | undefined {
  return isAccountId(text) ? text : undefined;
}

function isAccountId(text: string): text is AccountId {
  return /^\d{12}$/.test(text);
}
