import type { PropertyBag } from "../protocol/property-bag.ts";
import {
  type CreatedResource,
  type CreateRequest,
  PartiallyDone,
  type ReadRequest,
  type ReadResource,
  type UpdateRequest,
} from "../protocol/provider.ts";
import { changedInputs } from "./difference.ts";
import type { Place, ResourceType } from "./resource-type.ts";
import { inputsAfterRead, stateAfterRead, stateBeforeCreate, stateWithInputs, withoutInternal } from "./state.ts";

/**
 * Creates a resource and reads it. Where the object exists and what follows fails, the engine gets the resource together
 * with the failure and saves both: so ends a deny-all bucket policy, which cannot be read back
 * (docs/aws-behaviour.md, section 5).
 */
export async function createResource(
  type: ResourceType,
  request: CreateRequest,
  place: Place,
): Promise<CreatedResource> {
  const { inputs } = request;
  if (request.preview) return { id: "", state: stateBeforeCreate(type, inputs) };
  const { id, attributes } = await asBridgeError(() => type.create(inputs, place));
  return keepingWhatFailed(type, { id, inputs, state: withoutInternal(inputs) }, async () => {
    await type.settle(id, inputs, place);
    return { id, state: stateAfterRead(type, inputs, attributes ?? (await readPresent(type, id, inputs, place))) };
  });
}

/** Reads for a refresh or an import; `undefined` when the resource is gone. */
export async function readResource(
  type: ResourceType,
  request: ReadRequest,
  place: Place,
): Promise<ReadResource | undefined> {
  const attributes = await asBridgeError(() => type.read(request.id, request.state, place));
  if (!attributes) return undefined;
  const state = stateAfterRead(type, { ...regionOf(type, place), ...request.state }, attributes);
  const isImport = Object.keys(request.state).length === 0;
  const id = isImport && type.idOfImport ? type.idOfImport(request.id) : request.id;
  return { id, state, inputs: inputsAfterRead(type, request.inputs, state) };
}

/** Updates in place and reads. */
export async function updateResource(type: ResourceType, request: UpdateRequest, place: Place): Promise<PropertyBag> {
  const { id, oldState, newInputs } = request;
  const asked = stateWithInputs(type, oldState, newInputs);
  if (request.preview) return asked;
  const changed = new Set(changedInputs(type, oldState, newInputs).map(({ property }) => property));
  return keepingWhatFailed(type, { id, inputs: newInputs, state: asked }, async () => {
    await type.update(id, { old: oldState, new: newInputs, changed }, place);
    if (type.notReadAfterUpdate) return asked;
    return stateAfterRead(type, newInputs, await readPresent(type, id, asked, place));
  });
}

export async function deleteResource(type: ResourceType, id: string, state: PropertyBag, place: Place): Promise<void> {
  await asBridgeError(() => type.delete(id, state, place));
}

async function readPresent(type: ResourceType, id: string, state: PropertyBag, place: Place): Promise<PropertyBag> {
  const attributes = await type.read(id, state, place);
  if (!attributes) throw new Error(`reading ${type.token} (${id}): couldn't find resource`);
  return attributes;
}

function regionOf(type: ResourceType, { region }: Place): PropertyBag {
  return "region" in type.inputs.shape ? { region } : {};
}

/** Work on a resource that exists: a failure goes to the engine together with what was asked for, which is then the state. */
async function keepingWhatFailed<Result>(
  type: ResourceType,
  asked: ReadResource,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const failure = bridgeError(error);
    throw type.onPluginFramework ? failure : new PartiallyDone(failure.message, asked);
  }
}

async function asBridgeError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw bridgeError(error);
  }
}

/** The bridge's list of errors, which always has one. */
function bridgeError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`1 error occurred:\n\t* ${message}\n\n`, { cause: error });
}
