import { page } from "../page.ts";
import { validationError } from "../query-refusals.ts";
import type { Call } from "../service.ts";

/** How a caller asks IAM for a page. */
export interface MarkerRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** A page, and the members with which IAM says whether there is another. */
export interface MarkerPage<Item> {
  readonly items: readonly Item[];
  readonly position: { readonly IsTruncated: boolean; readonly Marker?: string };
}

const usualSize = 100;

/** @throws AwsFault ValidationError for a marker that was not given for this list */
export function markerPage<Item>(items: readonly Item[], input: MarkerRequest, call: Call): MarkerPage<Item> {
  const { Marker, MaxItems } = input;
  const found = page(items, { token: Marker, size: MaxItems ?? usualSize }, input, call);
  if (!found) throw validationError("Invalid Marker.");
  const position = found.next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: found.next };
  return { items: found.items, position };
}
