import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsFault } from "../aws-fault.ts";
import { isBase64 } from "./base64.ts";

/**
 * Checks that a request's members have the types of the service's model: the SDK's readers trust what they are given.
 * Members that the model does not have are passed over, as AWS does; `null` means that a member is left out.
 *
 * @throws AwsFault SerializationException in AWS's words
 */
export function checkJsonTypes(schema: NormalizedSchema, value: unknown): void {
  if (schema.isDocumentSchema()) return;
  if (schema.isListSchema()) checkList(schema, value);
  else if (schema.isMapSchema()) checkMap(schema, value);
  else if (schema.isStructSchema()) checkStructure(schema, value);
  else checkScalar(schema, value);
}

function checkStructure(schema: NormalizedSchema, value: unknown): void {
  if (!isObject(value)) throw unexpected(value);
  for (const [name, member] of schema.structIterator()) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given !== undefined && given !== null) checkJsonTypes(member, given);
  }
}

function checkList(schema: NormalizedSchema, value: unknown): void {
  if (!Array.isArray(value)) throw unexpected(value);
  for (const item of value) checkJsonTypes(schema.getValueSchema(), item);
}

function checkMap(schema: NormalizedSchema, value: unknown): void {
  if (!isObject(value)) throw unexpected(value);
  for (const item of Object.values(value)) checkJsonTypes(schema.getValueSchema(), item);
}

function checkScalar(schema: NormalizedSchema, value: unknown): void {
  const [wanted, fits] = scalarOf(schema, value);
  if (fits) return;
  if (typeof value === "object" && value !== null) throw unexpected(value);
  throw serialization(`${tokenOf(value)} can not be converted to ${wanted}`);
}

/** Strings and whatever travels as one; timestamps are seconds in the services that speak JSON. */
function scalarOf(schema: NormalizedSchema, value: unknown): readonly [wanted: string, fits: boolean] {
  if (schema.isBooleanSchema()) return ["a Boolean", typeof value === "boolean"];
  // No member of these services has a fraction.
  if (schema.isNumericSchema()) return ["an Integer", Number.isInteger(value)];
  if (schema.isTimestampSchema()) return ["a Timestamp", isTime(value)];
  if (schema.isBlobSchema()) return ["a Blob", typeof value === "string" && isBase64(value)];
  return ["a String", typeof value === "string"];
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && !Number.isNaN(new Date(value * 1000).getTime());
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unexpected(value: unknown): AwsFault {
  if (Array.isArray(value)) return serialization("Start of list found where not expected");
  if (isObject(value)) return serialization("Start of structure or map found where not expected.");
  return serialization(`Unexpected ${tokenOf(value)} found where a structure, map or list is expected.`);
}

function tokenOf(value: unknown): string {
  if (typeof value === "string") return "STRING_VALUE";
  if (typeof value === "number") return "NUMBER_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return "NULL_VALUE";
}

function serialization(message: string): AwsFault {
  return new AwsFault("SerializationException", message);
}
