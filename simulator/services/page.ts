import { readPageToken, writePageToken } from "./page-token.ts";
import type { Call } from "./service.ts";

/** One page of a longer list, and how to ask for the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. Opaque to clients. */
  readonly next: string | undefined;
}

/** Which page a caller asks for. */
export interface PagePosition {
  /** What an earlier page gave as `next`; absent for the first page. */
  readonly token: string | undefined;
  readonly size: number;
}

/**
 * Cuts a page out of a list.
 *
 * @param input of the operation: a token leads on in the list that it was given for alone
 * @returns `undefined` when the token is none of this list's: every service has its own error for that
 * @example page(accounts, { token: input.NextToken, size: 20 }, input, call) ?? invalidToken()
 */
export function page<Item>(
  items: readonly Item[],
  { token, size }: PagePosition,
  input: object,
  call: Call,
): Page<Item> | undefined {
  const position = token === undefined ? "0" : readPageToken(token, input, call);
  if (position === undefined) return undefined;
  const start = Number(position);
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? writePageToken(String(end), input, call) : undefined,
  };
}
