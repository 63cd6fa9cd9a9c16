import type { NormalizedSchema } from "@smithy/core/schema";

/**
 * Whether the elements of an XML body can be read as the service's model has them: the SDK's reader makes NaN of a number
 * that is none, and `false` of any word. Elements that the model does not have are passed over.
 */
export function hasXmlTypes(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isListSchema()) {
    return itemsOf(schema, value)?.every((item) => hasXmlTypes(schema.getValueSchema(), item)) ?? false;
  }
  if (schema.isStructSchema()) return value === "" || (isElement(value) && hasMembers(schema, value));
  return typeof value === "string" && isText(schema, value);
}

function hasMembers(schema: NormalizedSchema, element: Readonly<Record<string, unknown>>): boolean {
  return [...schema.structIterator()].every(([name, member]) => {
    const { xmlName = name, xmlAttribute } = member.getMergedTraits();
    const given = element[xmlName];
    return given === undefined || xmlAttribute !== undefined || hasXmlTypes(member, given);
  });
}

/** A flat list's items stand where the list would; one item is no array. `undefined` for what is no list. */
function itemsOf(schema: NormalizedSchema, value: unknown): readonly unknown[] | undefined {
  const { xmlFlattened } = schema.getMergedTraits();
  const { xmlName = "member" } = schema.getValueSchema().getMergedTraits();
  if (!xmlFlattened && !isElement(value)) return value === "" ? [] : undefined;
  const items = !xmlFlattened && isElement(value) ? (value[xmlName] ?? []) : value;
  return [items].flat();
}

function isText(schema: NormalizedSchema, text: string): boolean {
  if (schema.isNumericSchema()) return /^\s*-?\d+\s*$/.test(text);
  if (schema.isBooleanSchema()) return /^\s*(true|false)\s*$/i.test(text);
  return !schema.isTimestampSchema() || !Number.isNaN(Date.parse(text));
}

function isElement(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
