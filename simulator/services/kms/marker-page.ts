import { AwsFault } from "../../aws-fault.ts";
import { page } from "../page.ts";
import type { Call } from "../service.ts";

/**
 * Cuts a page for KMS, which asks with `Marker` and `Limit` and answers with `NextMarker` and `Truncated`.
 *
 * @throws AwsFault InvalidMarkerException for a marker that was not given for this list
 */
export function markerPage<Item>(
  items: readonly Item[],
  input: { readonly Marker?: string | undefined; readonly Limit?: number | undefined },
  call: Call,
  size: number,
): { readonly items: Item[]; readonly more: { readonly NextMarker?: string; readonly Truncated: boolean } } {
  const found = page(items, { token: input.Marker, size: input.Limit ?? size }, input, call);
  if (!found) throw new AwsFault("InvalidMarkerException", "Invalid marker");
  const more = found.next === undefined ? { Truncated: false } : { NextMarker: found.next, Truncated: true };
  return { items: [...found.items], more };
}
