import { isBag, isList, type PropertyBag, type PropertyValue } from "../protocol/property-bag.ts";
import type { Members, PropertySchema } from "./schema.ts";

/** CloudFormation's name with its first letter, or the acronym it starts with, in lower case: `SSORegion` is `ssoRegion`. */
export function sdkName(member: string): string {
  const acronym = /^[A-Z]+(?=[A-Z][a-z]|\d|$)/.exec(member)?.[0] ?? member.slice(0, 1);
  return acronym.toLowerCase() + member.slice(acronym.length);
}

/** Properties by the SDK's names as Cloud Control wants them; keys of verbatim JSON stay. */
export function toCloudFormation(members: Members, properties: PropertyBag): PropertyBag {
  return renamed(members, properties, sdkName, (member) => member);
}

/** The inverse of {@link toCloudFormation}; members that the schema does not know are dropped. */
export function toSdk(members: Members, properties: PropertyBag): PropertyBag {
  return renamed(members, properties, (member) => member, sdkName);
}

type Naming = (member: string) => string;

function renamed(members: Members, properties: PropertyBag, from: Naming, to: Naming): PropertyBag {
  return Object.fromEntries(
    Object.entries(members).flatMap(([member, schema]) => {
      const value = properties[from(member)];
      return value === undefined ? [] : [[to(member), renamedValue(schema, value, from, to)]];
    }),
  );
}

function renamedValue(schema: PropertySchema, value: PropertyValue, from: Naming, to: Naming): PropertyValue {
  if (schema.kind === "list" && isList(value)) return value.map((item) => renamedValue(schema.of, item, from, to));
  if (schema.kind === "object" && isBag(value)) return renamed(schema.members, value, from, to);
  return value;
}
