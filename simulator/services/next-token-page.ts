import type { AwsFault } from "../aws-fault.ts";
import { page } from "./page.ts";
import type { Call } from "./service.ts";

/** How a caller asks for a page, among other things. */
export interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** A page's items, and the member that carries the next page's token where there is a next page. */
export interface NextTokenPage<Item> {
  readonly items: Item[];
  readonly more: { readonly NextToken?: string };
}

/**
 * Cuts a page for the services that ask with `NextToken` and `MaxResults` and answer with `NextToken`.
 *
 * @param request the operation's whole input
 * @param size of a page when the request names none
 * @throws the service's own error for a token that was not given for this list
 */
export function nextTokenPage<Item>(
  items: readonly Item[],
  request: PageRequest,
  call: Call,
  size: number,
  invalidToken: () => AwsFault,
): NextTokenPage<Item> {
  const position = { token: request.NextToken, size: request.MaxResults ?? size };
  const found = page(items, position, request, call);
  if (!found) throw invalidToken();
  return { items: [...found.items], more: found.next === undefined ? {} : { NextToken: found.next } };
}
