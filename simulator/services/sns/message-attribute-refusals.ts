import { AwsFault } from "../../aws-fault.ts";
import type { MessageAttributeRefusals } from "../message-attributes.ts";

/** In the words of docs/aws-behaviour.md, section 9. */
export const messageAttributeRefusals: MessageAttributeRefusals = {
  name: (name) => invalidValue(nameFault(name)),
  type: (name) =>
    invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    ),
  value: (name, dataType) =>
    invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`,
    ),
  number: (name) => invalidValue(`Could not cast message attribute '${name}' value to number.`),
};

function nameFault(name: string): string {
  const stranger = /[^\w.-]/u.exec(name)?.[0]?.codePointAt(0);
  if (name.startsWith(".")) return "Invalid message attribute name starting with character '.' was found.";
  if (name.endsWith(".")) return "Invalid message attribute name ending with character '.' was found.";
  if (stranger !== undefined) {
    return `Invalid non-alphanumeric character '#x${stranger.toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`;
  }
  if (name.includes("..")) return "Message attribute name can not have successive '.' character.";
  if (name === "" || name.length > 256) return "Length of message attribute name must be between 1 and 256 characters.";
  return `Message attribute name '${name}' can not start with a prefix reserved for AWS.`;
}

function invalidValue(message: string): AwsFault {
  return new AwsFault("ParameterValueInvalid", message, { shape: "InvalidParameterValueException" });
}
