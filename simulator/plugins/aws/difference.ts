import { isDeepStrictEqual } from "node:util";
import { containsUnknown, isBag, isList, type PropertyBag, type PropertyValue } from "../protocol/property-bag.ts";
import type { Difference, DiffRequest, PropertyChange } from "../protocol/provider.ts";
import { isDefaulted } from "./check.ts";
import { samePolicy } from "./policy-equivalence.ts";
import type { ResourceProperties } from "./resource-type.ts";

/** What an update would change: what the program asks for against what the state says is there. */
export function resourceDifference(type: ResourceProperties, request: DiffRequest): Difference {
  const changes = changedInputs(type, request.oldState, request.newInputs).filter(
    ({ property }) => !request.ignoreChanges.some((path) => path.split(/[.[]/)[0] === property),
  );
  const replaced = changes.filter(({ replaces }) => replaces).map(({ property }) => property);
  return {
    changes,
    stable: type.replacedOn.filter((name) => !replaced.includes(name)),
    deleteBeforeReplace: replaced.length > 0 && keepsItsName(type, request.newInputs, replaced),
  };
}

/** The inputs in which a state differs from what is asked for. */
export function changedInputs(type: ResourceProperties, state: PropertyBag, inputs: PropertyBag): PropertyChange[] {
  return Object.keys(type.inputs.shape).flatMap((property) => {
    const [old, asked] = [state[property], inputs[property]];
    if (asked === undefined && type.computedInputs?.includes(property)) return [];
    if (sameValue(type, property, old, asked)) return [];
    const kind = isNothing(old) ? "add" : isNothing(asked) ? "delete" : "update";
    return [{ property, kind, replaces: type.replacedOn.includes(property), betweenInputs: false }];
  });
}

/** Whether two values of an input mean the same to AWS. */
export function sameValue(
  type: ResourceProperties,
  property: string,
  left: PropertyValue | undefined,
  right: PropertyValue | undefined,
): boolean {
  if (containsUnknown(left) || containsUnknown(right)) return false;
  if (isNothing(left) && isNothing(right)) return true;
  if (type.policies?.includes(property) && typeof left === "string" && typeof right === "string") {
    return samePolicy(left, right);
  }
  const equivalent = type.equivalents?.[property];
  if (equivalent && typeof left === "string" && typeof right === "string" && equivalent(left, right)) return true;
  if (type.sets?.includes(property)) return isDeepStrictEqual(sorted(left), sorted(right));
  return isDeepStrictEqual(left, right);
}

/** Terraform's zero values: to leave an input out and to set it to one of these is the same. */
function isNothing(value: PropertyValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isBag(value) && Object.keys(value).length === 0;
}

function sorted(value: PropertyValue | undefined): unknown {
  return isList(value) ? [...value].sort() : value;
}

/** Whether old and new resource would have the same name, so that the old one has to go first. */
function keepsItsName({ autoName }: ResourceProperties, inputs: PropertyBag, replaced: readonly string[]): boolean {
  return autoName !== undefined && !isDefaulted(inputs, autoName.property) && !replaced.includes(autoName.property);
}
