import { nextTokenPage, type NextTokenPage, type PageRequest } from "../next-token-page.ts";
import { validation } from "./faults.ts";

/** SSO Admin gives at most this many on a page. */
const largestPage = 100;

/** @throws AwsFault ValidationException for a token that is not ours */
export function listPage<Item>(items: readonly Item[], request: PageRequest): NextTokenPage<Item> {
  return nextTokenPage(items, request, largestPage, () => validation("The NextToken is not valid."));
}
