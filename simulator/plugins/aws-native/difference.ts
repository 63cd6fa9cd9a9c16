import { isDeepStrictEqual } from "node:util";
import { containsUnknown, type PropertyBag } from "../protocol/property-bag.ts";
import type { Difference, DiffRequest, PropertyChange } from "../protocol/provider.ts";
import { sdkName } from "./naming.ts";
import type { TypeSchema } from "./schema.ts";

/**
 * What an update would change: old inputs against new inputs, whole top-level members at a time. The state is not looked
 * at; drift comes in through a refresh, which changes the inputs.
 */
export function resourceDifference(type: TypeSchema, request: DiffRequest): Difference {
  const changes = changedMembers(type, request.oldInputs, request.newInputs).filter(
    ({ property }) => !request.ignoreChanges.some((path) => path.split(/[.[]/)[0] === property),
  );
  const replaced = changes.filter(({ replaces }) => replaces).map(({ property }) => property);
  const renamed = type.autoName !== undefined && replaced.includes(sdkName(type.autoName.member));
  return {
    changes,
    stable: [...type.createOnly, ...type.readOnly].map(sdkName).filter((name) => !replaced.includes(name)),
    // Two resources with the same identity cannot exist at a time.
    deleteBeforeReplace: replaced.length > 0 && !renamed,
  };
}

/** Members whose value is not the same in both, by the SDK's names. */
export function changedMembers(type: TypeSchema, old: PropertyBag, asked: PropertyBag): PropertyChange[] {
  return Object.keys(type.members).flatMap((member) => {
    const property = sdkName(member);
    const [before, after] = [old[property], asked[property]];
    if (isDeepStrictEqual(before, after) && !containsUnknown(after)) return [];
    const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
    return [{ property, kind, replaces: type.createOnly.includes(member), betweenInputs: true }];
  });
}
