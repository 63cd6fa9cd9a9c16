import { type NextTokenPage, nextTokenPage, type PageRequest } from "../next-token-page.ts";
import type { Call } from "../service.ts";
import { invalidInput } from "./faults.ts";

/** Organizations never gives more than this on one page. */
const largestPage = 20;

/** @throws AwsFault InvalidInputException for a token that was not given for this list or a page size out of range */
export function listPage<Item>(items: readonly Item[], request: PageRequest, call: Call): NextTokenPage<Item> {
  checkSize(request.MaxResults);
  return nextTokenPage(items, request, call, largestPage, () =>
    invalidInput("INVALID_NEXT_TOKEN", "You specified an invalid value for NextToken."),
  );
}

function checkSize(size: number | undefined): void {
  if (size === undefined || (size >= 1 && size <= largestPage)) return;
  if (size < 1) throw invalidInput("MIN_VALUE_EXCEEDED", "You specified a MaxResults value less than 1.");
  throw invalidInput("MAX_VALUE_EXCEEDED", `You specified a MaxResults value greater than ${largestPage}.`);
}
