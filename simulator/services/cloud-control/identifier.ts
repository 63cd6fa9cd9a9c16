import type { ResourceProperties } from "../../state/cloud-control.ts";
import { validationException } from "../json-refusals.ts";
import { checkKey, readObject } from "./model-validation.ts";
import type { ResourceType } from "./resource-type.ts";

/** The values of the identifying properties, joined in the order that the type's schema gives. */
export function formatIdentifier({ identifier }: ResourceType, properties: ResourceProperties): string {
  return identifier.map((property) => String(properties[property])).join("|");
}

/**
 * Reads an identifier, joined or as a JSON object.
 *
 * @throws AwsFault ValidationException for one that does not have all the parts, or whose parts are none of the type's
 */
export function parseIdentifier(type: ResourceType, text: string): ResourceProperties {
  const { identifier } = type;
  const given = text.startsWith("{") ? readObject(text) : joined(identifier, text);
  const isComplete = identifier.every((property) => typeof given[property] === "string" && given[property] !== "");
  if (isComplete && Object.keys(given).length === identifier.length) {
    checkKey(given, type);
    return given;
  }
  const paths = identifier.map((property) => `/properties/${property}`).join(", ");
  throw validationException(`Identifier ${text} is not valid for identifier [${paths}]`);
}

function joined(identifier: readonly string[], text: string): ResourceProperties {
  const parts = text.split("|");
  return parts.length === identifier.length
    ? Object.fromEntries(identifier.map((property, index) => [property, parts[index]]))
    : {};
}
