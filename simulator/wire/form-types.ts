import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsFault } from "../aws-fault.ts";
import { isBase64 } from "./base64.ts";
import type { FormTree } from "./form-tree.ts";

/**
 * Checks that the scalars of a query-protocol form can be read as the service's model has them: the SDK's reader makes
 * NaN of a number that is none, and `false` of any word. Members that the model does not have are passed over.
 *
 * @throws AwsFault MalformedInput
 */
export function checkFormTypes(schema: NormalizedSchema, tree: FormTree): void {
  if (typeof tree === "string") checkText(schema, tree);
  else if (schema.isStructSchema()) checkStructure(schema, tree);
  else if (schema.isListSchema()) checkList(schema, tree);
  else if (schema.isMapSchema()) checkMap(schema, tree);
  else throw malformed("Start of structure or map found where not expected.");
}

function checkStructure(schema: NormalizedSchema, tree: Exclude<FormTree, string>): void {
  if (isList(tree)) throw malformed("Start of list found where not expected.");
  for (const [name, member] of schema.structIterator()) {
    const given = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (given !== undefined) checkFormTypes(member, given);
  }
}

/** The items of a list stand below `member`: `Tags.member.1.Key`. */
function checkList(schema: NormalizedSchema, tree: Exclude<FormTree, string>): void {
  const items = isList(tree) ? tree : tree["member"];
  if (items === undefined || typeof items === "string" || !isList(items)) return;
  for (const item of items) checkFormTypes(schema.getValueSchema(), item);
}

/** The entries of a map stand below `entry`: `Attributes.entry.1.key` and `Attributes.entry.1.value`, or as the model names them. */
function checkMap(schema: NormalizedSchema, tree: Exclude<FormTree, string>): void {
  const entries = isList(tree) ? tree : tree["entry"];
  if (entries === undefined || typeof entries === "string" || !isList(entries)) return;
  const value = schema.getValueSchema();
  const name = value.getMergedTraits().xmlName ?? "value";
  for (const entry of entries) {
    if (typeof entry === "string" || isList(entry)) throw malformed("Unexpected text found where a map is expected.");
    if (entry[name] !== undefined) checkFormTypes(value, entry[name]);
  }
}

/** An empty list or structure travels as an empty value. */
function checkText(schema: NormalizedSchema, text: string): void {
  if ((schema.isStructSchema() || schema.isListSchema()) && text !== "") {
    throw malformed("Unexpected text found where a structure or list is expected.");
  }
  if (schema.isNumericSchema() && !/^[+-]?\d+$/.test(text)) {
    throw malformed(`"${text}" can not be converted to an Integer`);
  }
  if (schema.isBooleanSchema() && !/^(true|false)$/i.test(text)) {
    throw malformed(`"${text}" can not be converted to a Boolean`);
  }
  if (schema.isBlobSchema() && !isBase64(text)) throw malformed("Unable to convert a value to a Blob");
  if (schema.isTimestampSchema() && Number.isNaN(Date.parse(text))) {
    throw malformed(`"${text}" can not be converted to a Timestamp`);
  }
}

function isList(tree: Exclude<FormTree, string>): tree is readonly FormTree[] {
  return Array.isArray(tree);
}

function malformed(message: string): AwsFault {
  return new AwsFault("MalformedInput", message);
}
