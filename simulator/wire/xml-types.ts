import type { NormalizedSchema } from "@smithy/core/schema";

/**
 * Whether the elements of an XML body can be read as the service's model has them: the SDK's reader makes NaN of a number
 * that is none, `false` of any word, and nothing of an element that the model does not have.
 */
export function hasXmlTypes(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isListSchema()) {
    return itemsOf(schema, value)?.every((item) => hasXmlTypes(schema.getValueSchema(), item)) ?? false;
  }
  if (schema.isStructSchema()) return value === "" || (isElement(value) && hasMembers(schema, value));
  return typeof value === "string" && isText(schema, value);
}

function hasMembers(schema: NormalizedSchema, element: Readonly<Record<string, unknown>>): boolean {
  const known = new Map(
    [...schema.structIterator()].map(([name, member]) => [member.getMergedTraits().xmlName ?? name, member]),
  );
  return Object.entries(element).every(([name, given]) => {
    const member = known.get(name);
    if (member === undefined) return isNamespace(name, given);
    return member.getMergedTraits().xmlAttribute !== undefined || hasXmlTypes(member, given);
  });
}

/** In the parsed tree attributes stand among the elements. */
function isNamespace(name: string, given: unknown): boolean {
  return /^xmlns(:|$)|^xsi:/.test(name) && typeof given === "string";
}

/** A flat list's items stand where the list would; one item is no array. `undefined` for what is no list. */
function itemsOf(schema: NormalizedSchema, value: unknown): readonly unknown[] | undefined {
  const { xmlFlattened } = schema.getMergedTraits();
  const { xmlName = "member" } = schema.getValueSchema().getMergedTraits();
  if (!xmlFlattened && !isElement(value)) return value === "" ? [] : undefined;
  if (xmlFlattened || !isElement(value)) return [value].flat();
  const strange = Object.entries(value).some(([name, given]) => name !== xmlName && !isNamespace(name, given));
  return strange ? undefined : [value[xmlName] ?? []].flat();
}

function isText(schema: NormalizedSchema, text: string): boolean {
  if (schema.isNumericSchema()) return /^\s*-?\d+\s*$/.test(text);
  if (schema.isBooleanSchema()) return /^\s*(true|false)\s*$/i.test(text);
  return !schema.isTimestampSchema() || !Number.isNaN(Date.parse(text));
}

function isElement(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
