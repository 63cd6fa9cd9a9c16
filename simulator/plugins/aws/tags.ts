import type { PropertyBag } from "../protocol/property-bag.ts";
import { describing } from "./describing.ts";

export type Tags = Readonly<Record<string, string>>;

/** How most services write a tag. */
export interface TagPair {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export function tagPairs(tags: Tags = {}): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The state's properties for the tags that a resource has. */
export function tagProperties(tags: Tags): PropertyBag {
  return { ...(Object.keys(tags).length > 0 ? { tags } : {}), tagsAll: tags };
}

export function tagPropertiesOf(pairs: readonly TagPair[] = []): PropertyBag {
  return tagProperties(Object.fromEntries(pairs.map(({ Key = "", Value = "" }) => [Key, Value])));
}

/**
 * Brings a resource's tags from the old to the asked ones. Upstream takes tags away before it adds any, and does both
 * before the resource's own update.
 *
 * @param what the resource in upstream's words, for the error
 */
export async function changeTags(
  what: string,
  { old = {}, asked = {} }: { readonly old: Tags | undefined; readonly asked: Tags | undefined },
  calls: { readonly remove: (keys: string[]) => Promise<unknown>; readonly add: (tags: Tags) => Promise<unknown> },
): Promise<void> {
  const gone = Object.keys(old).filter((key) => !(key in asked));
  const added = Object.fromEntries(Object.entries(asked).filter(([key, value]) => old[key] !== value));
  await describing(`updating tags for ${what}`, async () => {
    if (gone.length > 0) await calls.remove(gone);
    if (Object.keys(added).length > 0) await calls.add(added);
  });
}
