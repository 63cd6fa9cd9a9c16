import type { PropertyBag } from "../protocol/property-bag.ts";
import type { ReadRequest } from "../protocol/provider.ts";
import type { ResourceProperties } from "./resource-type.ts";

/** What is to be read, and what is known of its properties. */
interface Asked {
  readonly request: ReadRequest;
  readonly properties: PropertyBag;
}

/** An import may say the Region after the id, `NAME@eu-west-1`: otherwise the resource is taken to be in the provider's. */
export function importedFrom(type: ResourceProperties, request: ReadRequest): Asked {
  const isImport = Object.keys(request.state).length === 0;
  const [, id, region] = /^(.+)@([a-z]{2}(?:-[a-z]+)+-\d{1,2})$/.exec(request.id) ?? [];
  if (!isImport || !("region" in type.inputs.shape) || id === undefined || region === undefined) {
    return { request, properties: request.state };
  }
  return { request: { ...request, id }, properties: { region } };
}
