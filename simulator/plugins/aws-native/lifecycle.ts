import { isDeepStrictEqual } from "node:util";
import { type PropertyBag, pick, unknownValue } from "../protocol/property-bag.ts";
import {
  type CreatedResource,
  type CreateRequest,
  type DeleteRequest,
  PartiallyDone,
  type ReadRequest,
  type ReadResource,
  type UpdateRequest,
} from "../protocol/provider.ts";
import { type CloudControl, RequestFailed } from "./cloud-control.ts";
import { sdkName, toCloudFormation, toSdk } from "./naming.ts";
import { patchDocument } from "./patch.ts";
import type { TypeSchema } from "./schema.ts";

/** Creates a resource and reads it; a failure that leaves one behind hands it to the engine together with the reason. */
export async function createResource(
  type: TypeSchema,
  { inputs, preview }: CreateRequest,
  cloudControl: () => CloudControl,
): Promise<CreatedResource> {
  if (preview) return { id: "", state: { ...inputs, ...unknownReadOnly(type) } };
  const id = await createOrRescue(type, inputs, cloudControl());
  return { id, state: await readState(type, id, inputs, cloudControl()) };
}

async function createOrRescue(type: TypeSchema, inputs: PropertyBag, cloudControl: CloudControl): Promise<string> {
  try {
    return await cloudControl.create(type.typeName, toCloudFormation(type.members, inputs));
  } catch (error) {
    if (!(error instanceof RequestFailed) || !error.identifier) throw error;
    // AlreadyExists names somebody else's resource.
    const found = error.code === "AlreadyExists" ? undefined : await cloudControl.get(type.typeName, error.identifier);
    if (!found) throw error;
    const state = toSdk(type.members, found);
    throw new PartiallyDone(error.message, { id: error.identifier, inputs, state });
  }
}

/** Reads for a refresh or an import; `undefined` when the resource is gone. */
export async function readResource(
  type: TypeSchema,
  { id, inputs, state }: ReadRequest,
  cloudControl: CloudControl,
): Promise<ReadResource | undefined> {
  const found = await cloudControl.get(type.typeName, id);
  if (!found) return undefined;
  const read = { ...writeOnly(type, state), ...toSdk(type.members, found) };
  return { id, state: read, inputs: inputsAfterRead(type, inputs, state, read) };
}

/** Sends the differences of the inputs and reads. */
export async function updateResource(
  type: TypeSchema,
  { id, oldInputs, oldState, newInputs, preview }: UpdateRequest,
  cloudControl: () => CloudControl,
): Promise<PropertyBag> {
  if (preview) return { ...newInputs, ...readOnly(type, oldState) };
  const patch = patchDocument(type, oldInputs, newInputs);
  if (patch.length > 0) await cloudControl().update(type.typeName, id, patch);
  return readState(type, id, newInputs, cloudControl());
}

export function deleteResource(type: TypeSchema, { id }: DeleteRequest, cloudControl: CloudControl): Promise<void> {
  return cloudControl.delete(type.typeName, id);
}

async function readState(
  type: TypeSchema,
  id: string,
  inputs: PropertyBag,
  cloudControl: CloudControl,
): Promise<PropertyBag> {
  const found = await cloudControl.get(type.typeName, id);
  if (!found) throw new PartiallyDone(`reading ${type.typeName} ${id}: it is not there`, { id, inputs, state: inputs });
  return { ...writeOnly(type, inputs), ...toSdk(type.members, found) };
}

/** Inputs after a refresh: what changed in the state since changes in the inputs; on an import all that can be set. */
function inputsAfterRead(type: TypeSchema, inputs: PropertyBag, before: PropertyBag, after: PropertyBag): PropertyBag {
  const readOnlyNames = type.readOnly.map(sdkName);
  if (Object.keys(inputs).length === 0) return pick(after, (name) => !readOnlyNames.includes(name));
  const moved = Object.keys(type.members)
    .map(sdkName)
    .filter((name) => !readOnlyNames.includes(name) && !isDeepStrictEqual(before[name], after[name]));
  const unmoved = pick(inputs, (name) => !moved.includes(name));
  return { ...unmoved, ...pick(after, (name) => moved.includes(name)) };
}

function unknownReadOnly(type: TypeSchema): PropertyBag {
  return Object.fromEntries(type.readOnly.map((member) => [sdkName(member), unknownValue]));
}

function readOnly(type: TypeSchema, state: PropertyBag): PropertyBag {
  return pick(state, (name) => type.readOnly.map(sdkName).includes(name));
}

function writeOnly(type: TypeSchema, properties: PropertyBag): PropertyBag {
  return pick(properties, (name) => type.writeOnly.map(sdkName).includes(name));
}
