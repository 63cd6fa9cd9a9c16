import { page, type Page } from "../page.ts";
import { invalidInput } from "./faults.ts";

/** How a caller asks Organizations for a page. */
export interface PageRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

/** Organizations never gives more than this on one page. */
const largestPage = 20;

/** @throws AwsFault InvalidInputException for a token that is not ours or a page size out of range */
export function listPage<Item>(items: readonly Item[], { NextToken, MaxResults }: PageRequest): Page<Item> {
  checkSize(MaxResults);
  const found = page(items, NextToken, MaxResults ?? largestPage);
  if (found) return found;
  throw invalidInput("INVALID_NEXT_TOKEN", "You specified an invalid value for NextToken.");
}

function checkSize(size: number | undefined): void {
  if (size === undefined || (size >= 1 && size <= largestPage)) return;
  if (size < 1) throw invalidInput("MIN_VALUE_EXCEEDED", "You specified a MaxResults value less than 1.");
  throw invalidInput("MAX_VALUE_EXCEEDED", `You specified a MaxResults value greater than ${largestPage}.`);
}

/** The member that carries the next page's token, where there is a next page. */
export function nextToken({ next }: Page<unknown>): { NextToken?: string } {
  return next === undefined ? {} : { NextToken: next };
}
