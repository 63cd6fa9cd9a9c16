import { validationException } from "./json-refusals.ts";
import { type NextTokenPage, nextTokenPage, type PageRequest } from "./next-token-page.ts";

/** SSO Admin and the identity store give at most this many on a page. */
const largestPage = 100;

/** @throws AwsFault ValidationException for a token that is not ours */
export function identityCenterPage<Item>(items: readonly Item[], request: PageRequest): NextTokenPage<Item> {
  return nextTokenPage(items, request, largestPage, () => validationException("The NextToken is not valid."));
}
