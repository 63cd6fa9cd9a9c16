/** One page of a longer list, and how to ask for the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. Opaque to clients. */
  readonly next: string | undefined;
}

/**
 * Cuts a page out of a list.
 *
 * @param token what an earlier page gave as `next`; absent for the first page
 * @returns `undefined` when the token is none of ours: every service has its own error for that
 * @example page(accounts, input.NextToken, 20) ?? invalidToken()
 */
export function page<Item>(items: readonly Item[], token: string | undefined, size: number): Page<Item> | undefined {
  const start = token === undefined ? 0 : readToken(token);
  if (start === undefined || start > items.length) return undefined;
  const end = start + size;
  return { items: items.slice(start, end), next: end < items.length ? writeToken(end) : undefined };
}

const prefix = "sandbox-page:";

function writeToken(start: number): string {
  return Buffer.from(`${prefix}${start}`).toString("base64url");
}

function readToken(token: string): number | undefined {
  const text = Buffer.from(token, "base64url").toString();
  const start = text.startsWith(prefix) ? text.slice(prefix.length) : "";
  return /^\d{1,9}$/.test(start) && writeToken(Number(start)) === token ? Number(start) : undefined;
}
