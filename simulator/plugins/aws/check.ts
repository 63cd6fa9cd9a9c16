import type { z } from "zod";
import { automaticName } from "../protocol/automatic-name.ts";
import { containsUnknown, isList, type PropertyBag, type PropertyValue } from "../protocol/property-bag.ts";
import type { CheckFailure, CheckRequest, CheckResult } from "../protocol/provider.ts";
import type { ResourceProperties } from "./resource-type.ts";

/** The input that lists which others the plugin filled in; written by the bridge, and by nobody else. */
const defaultsProperty = "__defaults";

/**
 * Judges the inputs of a program and completes them: defaults, automatic name, tags, and the provider's Region. What the
 * stand-in does not model is refused here, before anything is created.
 */
export function checkInputs(type: ResourceProperties, request: CheckRequest, region: string): CheckResult {
  const given = Object.entries(request.newInputs).filter(([name]) => name !== defaultsProperty && name !== "tagsAll");
  const checked = given.map(([name, value]) => checkInput(type, name, value));
  const values = Object.fromEntries(checked.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  const defaults = defaultValues(type, values, request);
  const missing = Object.keys(type.inputs.shape).filter(
    (name) => !(name in request.newInputs) && !(name in defaults.values) && isRequired(type, name),
  );
  return {
    inputs: {
      ...values,
      ...defaults.values,
      ...regionInput(type, values, region),
      ...(type.taggable ? { tagsAll: values["tags"] ?? {} } : {}),
      [defaultsProperty]: Object.keys(defaults.values).sort(),
    },
    failures: [...checked.flatMap(({ failures }) => failures), ...missing.map(missingInput), ...defaults.failures],
  };
}

/** Whether the input's present value was filled in by the plugin. */
export function isDefaulted(inputs: PropertyBag, name: string): boolean {
  const defaulted = inputs[defaultsProperty];
  return isList(defaulted) && defaulted.includes(name);
}

interface CheckedInput {
  readonly name: string;
  readonly value: PropertyValue | undefined;
  readonly failures: readonly CheckFailure[];
}

function checkInput(type: ResourceProperties, name: string, value: PropertyValue): CheckedInput {
  const schema = inputSchema(type, name);
  if (!schema) return { name, value: undefined, failures: [{ property: name, reason: unmodelledInput(type, name) }] };
  if (containsUnknown(value)) return { name, value, failures: [] };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { name, value: parsed.data as PropertyValue, failures: [] };
  const reason = parsed.error.issues.map(({ message }) => message).join("; ");
  return { name, value, failures: [{ property: name, reason: `expected another value for "${name}": ${reason}` }] };
}

function unmodelledInput(type: ResourceProperties, name: string): string {
  return (
    `The stand-in for the aws plugin does not model the property "${name}" of ${type.token} and refuses it: ` +
    "leave it out, or use the official plugin."
  );
}

function missingInput(name: string): CheckFailure {
  return {
    property: name,
    reason: `Missing required argument. The argument "${name}" is required, but no definition was found.`,
  };
}

interface Defaults {
  readonly values: PropertyBag;
  readonly failures: readonly CheckFailure[];
}

/** Values for what the program leaves out; a value the plugin chose before stays, so that automatic names last. */
function defaultValues(type: ResourceProperties, given: PropertyBag, request: CheckRequest): Defaults {
  const values: Record<string, PropertyValue> = {};
  for (const name of Object.keys(type.inputs.shape)) {
    const chosen = name in given ? undefined : (schemaDefault(type, name) ?? formerDefault(request.oldInputs, name));
    if (chosen !== undefined) values[name] = chosen;
  }
  const rule = type.autoName;
  if (!rule || rule.property in given || rule.property in values) return { values, failures: [] };
  try {
    const name = rule.plain ? request.name : automaticName(request, rule);
    return { values: name === undefined ? values : { ...values, [rule.property]: name }, failures: [] };
  } catch (error) {
    return {
      values,
      failures: [{ property: rule.property, reason: error instanceof Error ? error.message : String(error) }],
    };
  }
}

function formerDefault(oldInputs: PropertyBag, name: string): PropertyValue | undefined {
  return isDefaulted(oldInputs, name) ? oldInputs[name] : undefined;
}

function schemaDefault(type: ResourceProperties, name: string): PropertyValue | undefined {
  return inputSchema(type, name)?.safeParse(undefined).data as PropertyValue | undefined;
}

function isRequired(type: ResourceProperties, name: string): boolean {
  return inputSchema(type, name)?.safeParse(undefined).success === false;
}

function inputSchema({ inputs }: ResourceProperties, name: string): z.ZodType | undefined {
  return Object.hasOwn(inputs.shape, name) ? (inputs.shape[name] as z.ZodType) : undefined;
}

function regionInput(type: ResourceProperties, given: PropertyBag, region: string): PropertyBag {
  return "region" in type.inputs.shape && !("region" in given) ? { region } : {};
}
