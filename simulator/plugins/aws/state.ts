import { type PropertyBag, type PropertyValue, pick, unknownValue } from "../protocol/property-bag.ts";
import { sameValue } from "./difference.ts";
import { normalizedPolicy } from "./policy-equivalence.ts";
import type { ResourceProperties } from "./resource-type.ts";

/**
 * The state after AWS was read: what it says, except that a value which means the same as the prior one keeps the prior
 * form, and what AWS does not tell stays as it was.
 */
export function stateAfterRead(type: ResourceProperties, prior: PropertyBag, attributes: PropertyBag): PropertyBag {
  const kept = pick(prior, (name) => name === "region" || Boolean(type.localInputs?.includes(name)));
  const read = Object.entries(attributes).map(([name, value]) => [name, keepForm(type, name, prior[name], value)]);
  return { ...kept, ...(Object.fromEntries(read) as PropertyBag) };
}

/** Inputs after a refresh: as they were, but for what has drifted; on an import everything that can be an input. */
export function inputsAfterRead(type: ResourceProperties, prior: PropertyBag, state: PropertyBag): PropertyBag {
  const isImport = Object.keys(prior).length === 0;
  if (isImport) return pick(state, (name) => name in type.inputs.shape);
  const drifted = pick(state, (name) => name in prior && name in type.inputs.shape);
  const kept = pick(prior, (name) => name in state || name.startsWith("__") || name === "tagsAll");
  return { ...kept, ...drifted };
}

/** The state that a preview shows: what only AWS can tell is unknown. */
export function stateBeforeCreate(type: ResourceProperties, inputs: PropertyBag): PropertyBag {
  const told = [...type.outputs, ...(type.computedInputs ?? [])];
  const unknowns = told.filter((name) => !(name in inputs)).map((name) => [name, unknownValue] as const);
  return { ...withoutInternal(inputs), ...Object.fromEntries(unknowns) };
}

/** The state with the new inputs, and without inputs that are no longer asked for. */
export function stateWithInputs(type: ResourceProperties, state: PropertyBag, inputs: PropertyBag): PropertyBag {
  const stays = (name: string): boolean =>
    !(name in type.inputs.shape) || Boolean(type.computedInputs?.includes(name)) || name in inputs;
  return { ...pick(state, stays), ...withoutInternal(inputs) };
}

export function withoutInternal(inputs: PropertyBag): PropertyBag {
  return pick(inputs, (name) => !name.startsWith("__"));
}

function keepForm(
  type: ResourceProperties,
  name: string,
  prior: PropertyValue | undefined,
  read: PropertyValue,
): PropertyValue {
  if (prior !== undefined && sameValue(type, name, prior, read)) return prior;
  return type.policies?.includes(name) && typeof read === "string" ? normalizedPolicy(read) : read;
}
