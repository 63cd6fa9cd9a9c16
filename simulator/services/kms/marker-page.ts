import { AwsFault } from "../../aws-fault.ts";
import { page } from "../page.ts";

/**
 * Cuts a page for KMS, which asks with `Marker` and `Limit` and answers with `NextMarker` and `Truncated`.
 *
 * @throws AwsFault InvalidMarkerException for a marker that is not ours
 */
export function markerPage<Item>(
  items: readonly Item[],
  { Marker, Limit }: { readonly Marker?: string | undefined; readonly Limit?: number | undefined },
  size: number,
): { readonly items: Item[]; readonly more: { readonly NextMarker?: string; readonly Truncated: boolean } } {
  const found = page(items, Marker, Limit ?? size);
  if (!found) throw new AwsFault("InvalidMarkerException", "Invalid marker");
  const more = found.next === undefined ? { Truncated: false } : { NextMarker: found.next, Truncated: true };
  return { items: [...found.items], more };
}
