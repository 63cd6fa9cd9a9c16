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

/** The items of a list stand below `member`, `Tags.member.1.Key`, or below what EC2's model calls it; a flat list's do not. */
function checkList(schema: NormalizedSchema, tree: Exclude<FormTree, string>): void {
  const name = schema.getValueSchema().getMergedTraits().xmlName ?? "member";
  const isFlat = schema.getMergedTraits().xmlFlattened !== undefined;
  if (!isFlat && isList(tree)) throw malformed("Top level element may not be treated as a list");
  if (!isFlat && !isList(tree) && tree[name] === undefined) throw malformed("Unexpected list element termination");
  for (const item of itemsOf(tree, name)) checkFormTypes(schema.getValueSchema(), item);
}

/** A map's entries stand below `entry`, each with a key and a value: `Attributes.entry.1.key`. The model may rename both. */
function checkMap(schema: NormalizedSchema, tree: Exclude<FormTree, string>): void {
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? "key";
  const value = schema.getValueSchema().getMergedTraits().xmlName ?? "value";
  const isFlat = schema.getMergedTraits().xmlFlattened !== undefined;
  if (!isFlat && (isList(tree) || tree["entry"] === undefined)) throw malformed("A map without an entry.");
  for (const entry of itemsOf(tree, "entry")) {
    if (typeof entry === "string" || isList(entry))
      throw malformed("Unexpected value found where an entry is expected.");
    if (typeof entry[key] !== "string") throw malformed(`An entry of a map has no ${key}.`);
    if (entry[value] === undefined) throw malformed(`An entry of a map has no ${value}.`);
    checkFormTypes(schema.getValueSchema(), entry[value]);
  }
}

/** What has no number is a single item, as the SDK's reader takes it. */
function itemsOf(tree: Exclude<FormTree, string>, name: string): readonly FormTree[] {
  const items = isList(tree) ? tree : tree[name];
  if (items === undefined) return [];
  return typeof items !== "string" && isList(items) ? items : [items];
}

/** An empty list or structure travels as an empty value. */
function checkText(schema: NormalizedSchema, text: string): void {
  if ((schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema()) && text !== "") {
    throw malformed("Unexpected text found where a structure, list or map is expected.");
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
