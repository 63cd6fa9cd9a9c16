import { validationException } from "./json-refusals.ts";
import { type NextTokenPage, nextTokenPage, type PageRequest } from "./next-token-page.ts";
import type { Call } from "./service.ts";

/** SSO Admin and the identity store give at most this many on a page. */
const largestPage = 100;

/** @throws AwsFault ValidationException for a token that was not given for this list */
export function identityCenterPage<Item>(
  items: readonly Item[],
  request: PageRequest,
  call: Call,
): NextTokenPage<Item> {
  return nextTokenPage(items, request, call, largestPage, () => validationException("The NextToken is not valid."));
}
