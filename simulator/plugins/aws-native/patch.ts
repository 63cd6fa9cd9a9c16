import type { PropertyBag, PropertyValue } from "../protocol/property-bag.ts";
import { changedMembers } from "./difference.ts";
import { sdkName, toCloudFormation } from "./naming.ts";
import type { TypeSchema } from "./schema.ts";

/** One operation of a JSON patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: PropertyValue }
  | { readonly op: "remove"; readonly path: string };

/** The patch that turns old into new inputs: top-level members only, lists and policies whole (docs/aws-behaviour.md, section 10). */
export function patchDocument(type: TypeSchema, old: PropertyBag, asked: PropertyBag): PatchOperation[] {
  const desired = toCloudFormation(type.members, asked);
  const changed = new Map(changedMembers(type, old, asked).map(({ property, kind }) => [property, kind]));
  return Object.keys(type.members).flatMap((member): PatchOperation[] => {
    const kind = changed.get(sdkName(member));
    const value = desired[member];
    if (kind === undefined) return [];
    if (value === undefined) return [{ op: "remove", path: `/${member}` }];
    return [{ op: kind === "add" ? "add" : "replace", path: `/${member}`, value }];
  });
}
