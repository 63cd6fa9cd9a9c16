import { automaticName } from "../protocol/automatic-name.ts";
import { isBag, isList, type PropertyBag, type PropertyValue, Unknown } from "../protocol/property-bag.ts";
import type { CheckFailure, CheckRequest, CheckResult } from "../protocol/provider.ts";
import { sdkName } from "./naming.ts";
import type { Members, PropertySchema, TypeSchema } from "./schema.ts";

/** Judges the inputs of a program against the type's schema, and names what can be named automatically. */
export function checkInputs(type: TypeSchema, request: CheckRequest): CheckResult {
  const { newInputs } = request;
  const settable = Object.fromEntries(
    Object.entries(type.members).filter(([member]) => !type.readOnly.includes(member)),
  );
  const missing = type.required.map(sdkName).filter((name) => newInputs[name] === undefined);
  const named = withName(type, request);
  return {
    inputs: named.inputs,
    failures: [
      ...membersFailures(type, settable, newInputs, ""),
      ...missing.map((property) => ({ property, reason: `missing required property '${property}'` })),
      ...named.failures,
    ],
  };
}

function membersFailures(type: TypeSchema, members: Members, given: PropertyBag, within: string): CheckFailure[] {
  const schemas = new Map(Object.entries(members).map(([member, schema]) => [sdkName(member), schema]));
  return Object.entries(given).flatMap(([name, value]) => {
    const property = within + name;
    const schema = schemas.get(name);
    return schema ? valueFailures(type, schema, value, property) : [{ property, reason: unmodelled(type, property) }];
  });
}

function valueFailures(
  type: TypeSchema,
  schema: PropertySchema,
  value: PropertyValue,
  property: string,
): CheckFailure[] {
  if (value instanceof Unknown) return [];
  switch (schema.kind) {
    case "verbatim":
      return [];
    case "list":
      if (!isList(value)) return [{ property, reason: `'${property}' should be a list` }];
      return value.flatMap((item, index) => valueFailures(type, schema.of, item, `${property}[${index}]`));
    case "object":
      if (!isBag(value)) return [{ property, reason: `'${property}' should be an object` }];
      return membersFailures(type, schema.members, value, `${property}.`);
    case "string":
      return stringFailures(schema.oneOf, value, property);
  }
}

function stringFailures(oneOf: readonly string[] | undefined, value: PropertyValue, property: string): CheckFailure[] {
  if (typeof value !== "string") return [{ property, reason: `'${property}' should be a string` }];
  if (!oneOf || oneOf.includes(value)) return [];
  return [{ property, reason: `'${property}' should be one of ${oneOf.join(", ")}, and it is ${value}` }];
}

function unmodelled(type: TypeSchema, property: string): string {
  return (
    `The stand-in for the aws-native plugin does not model the property "${property}" of ${type.token} and refuses it: ` +
    "leave it out, or use the official plugin."
  );
}

/** A name given before stays, so that automatic names last. */
function withName({ autoName }: TypeSchema, request: CheckRequest): CheckResult {
  const { oldInputs, newInputs } = request;
  const property = autoName && sdkName(autoName.member);
  if (!autoName || !property || newInputs[property] !== undefined) return { inputs: newInputs, failures: [] };
  try {
    const name = oldInputs[property] ?? automaticName(request, autoName);
    return { inputs: name === undefined ? newInputs : { ...newInputs, [property]: name }, failures: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      inputs: newInputs,
      failures: [{ property, reason: `failed to auto-generate value for "${property}": ${reason}` }],
    };
  }
}
