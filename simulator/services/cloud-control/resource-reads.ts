import type {
  GetResourceInput,
  GetResourceOutput,
  ListResourcesInput,
  ListResourcesOutput,
} from "@aws-sdk/client-cloudcontrol";
import { AwsFault } from "../../aws-fault.ts";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import { nextTokenPage } from "../next-token-page.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { invalidRequest, invalidToken } from "./faults.ts";
import { formatIdentifier, parseIdentifier } from "./identifier.ts";
import { readObject } from "./model-validation.ts";
import { readResource } from "./read-resource.ts";
import type { ResourceType } from "./resource-type.ts";
import { findResourceType } from "./resource-types.ts";

export const getResource: Operation<Decoded<GetResourceInput>, GetResourceOutput> = {
  validate: (input) => {
    checkMembers(input);
    refuseUnmodelled("cloudcontrol:GetResource", input, ["TypeName", "Identifier"]);
  },
  perform: async ({ TypeName, Identifier }, call) => {
    const type = findResourceType(TypeName);
    const properties = await readResource(type, parseIdentifier(type, Identifier), call);
    return { TypeName, ResourceDescription: describe(type, properties) };
  },
};

/** Both types of Identity Center are listed by naming the one resource that is meant. */
export const listResources: Operation<Decoded<ListResourcesInput>, ListResourcesOutput> = {
  validate: (input) => {
    checkMembers(input);
    const modelled = ["TypeName", "NextToken", "MaxResults", "ResourceModel"] as const;
    refuseUnmodelled("cloudcontrol:ListResources", input, modelled);
  },
  perform: async (input, call) => {
    const type = findResourceType(input.TypeName);
    const model = input.ResourceModel === undefined ? {} : readObject(input.ResourceModel);
    checkListModel(type, model);
    const found = await readIfThere(type, model, call);
    const { items, more } = nextTokenPage(found, input, call, 100, invalidToken);
    return {
      TypeName: type.name,
      ResourceDescriptions: items.map((properties) => describe(type, properties)),
      ...more,
    };
  },
};

function checkListModel(type: ResourceType, model: ResourceProperties): void {
  const missing = type.listRequires.filter((property) => typeof model[property] !== "string");
  if (missing.length === 0) return;
  const keys = missing.map((property) => `#: required key [${property}] not found`).join("\n");
  throw invalidRequest(
    `Missing or invalid ResourceModel property in ${type.name} list handler request input. Required property: (${keys})`,
  );
}

async function readIfThere(
  type: ResourceType,
  key: ResourceProperties,
  call: Call,
): Promise<readonly ResourceProperties[]> {
  try {
    return [await readResource(type, key, call)];
  } catch (error) {
    if (error instanceof AwsFault && error.code === "ResourceNotFoundException") return [];
    throw error;
  }
}

function describe(type: ResourceType, properties: ResourceProperties): { Identifier: string; Properties: string } {
  return { Identifier: formatIdentifier(type, properties), Properties: JSON.stringify(properties) };
}
