import type {
  CreateResourceInput,
  CreateResourceOutput,
  DeleteResourceInput,
  DeleteResourceOutput,
  UpdateResourceInput,
  UpdateResourceOutput,
} from "@aws-sdk/client-cloudcontrol";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { notUpdatable, unsupportedAction } from "./faults.ts";
import { formatIdentifier, parseIdentifier } from "./identifier.ts";
import { applyPatch } from "./json-patch.ts";
import { checkModel, readModel } from "./model-validation.ts";
import { readResource } from "./read-resource.ts";
import { beginRequest } from "./requests.ts";
import type { ResourceType } from "./resource-type.ts";
import { findResourceType } from "./resource-types.ts";

export const createResource: Operation<Decoded<CreateResourceInput>, CreateResourceOutput> = {
  validate: (input) => {
    checkMembers(input);
    refuseUnmodelled("cloudcontrol:CreateResource", input, ["TypeName", "ClientToken", "DesiredState"]);
  },
  perform: async ({ TypeName, ClientToken, DesiredState }, call) => {
    const type = findResourceType(TypeName);
    const desired = readModel(DesiredState, type);
    checkUntouched("readOnly", type.readOnly, {}, desired);
    const asked = { type, operation: "CREATE", clientToken: ClientToken, identifier: undefined, desired } as const;
    return { ProgressEvent: await beginRequest({ ...asked, document: DesiredState }, call) };
  },
};

/** The patch is applied to the resource as it is now, so a resource that is gone is refused at once. */
export const updateResource: Operation<Decoded<UpdateResourceInput>, UpdateResourceOutput> = {
  validate: (input) => {
    checkMembers(input);
    const modelled = ["TypeName", "ClientToken", "Identifier", "PatchDocument"] as const;
    refuseUnmodelled("cloudcontrol:UpdateResource", input, modelled);
  },
  perform: async ({ TypeName, ClientToken, Identifier, PatchDocument }, call) => {
    const type = findResourceType(TypeName);
    if (!type.update) throw unsupportedAction(TypeName, "UPDATE");
    const key = parseIdentifier(type, Identifier);
    const present = await readResource(type, key, call);
    const desired = applyPatch(present, PatchDocument);
    checkModel(desired, type);
    checkUntouched("createOnly", type.createOnly, present, desired);
    checkUntouched("readOnly", type.readOnly, present, desired);
    const identifier = formatIdentifier(type, key);
    const asked = { type, operation: "UPDATE", clientToken: ClientToken, identifier, desired } as const;
    return { ProgressEvent: await beginRequest({ ...asked, document: PatchDocument }, call) };
  },
};

/** A resource that is gone makes the request fail later, not at once. */
export const deleteResource: Operation<Decoded<DeleteResourceInput>, DeleteResourceOutput> = {
  validate: (input) => {
    checkMembers(input);
    refuseUnmodelled("cloudcontrol:DeleteResource", input, ["TypeName", "ClientToken", "Identifier"]);
  },
  perform: async ({ TypeName, ClientToken, Identifier }, call) => {
    const type = findResourceType(TypeName);
    const identifier = formatIdentifier(type, parseIdentifier(type, Identifier));
    const asked = { type, operation: "DELETE", clientToken: ClientToken, identifier, desired: {} } as const;
    return { ProgressEvent: await beginRequest({ ...asked, document: undefined }, call) };
  },
};

function checkUntouched(
  kind: "createOnly" | "readOnly",
  properties: ResourceType["createOnly"],
  present: ResourceProperties,
  desired: ResourceProperties,
): void {
  const touched = properties.filter((property) => present[property] !== desired[property]);
  if (touched.length > 0) throw notUpdatable(kind, touched);
}
