import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { MessageAttribute } from "../../state/sqs.ts";
import { type MessageAttributeRefusals, readMessageAttributes as readAttributes } from "../message-attributes.ts";
import { invalidParameterValue } from "./faults.ts";

const mostAttributes = 10;

/** @throws AwsFault InvalidParameterValue */
export function readMessageAttributes(
  given: Readonly<Record<string, MessageAttributeValue>> = {},
): ReadonlyMap<string, MessageAttribute> {
  const count = Object.keys(given).length;
  if (count > mostAttributes) {
    throw invalidParameterValue(
      `Number of message attributes [${count}] exceeds the allowed maximum [${mostAttributes}].`,
    );
  }
  return readAttributes(given, refusals);
}

const refusals: MessageAttributeRefusals = {
  name: (name) => invalidParameterValue(`The message attribute name '${name}' is invalid.`),
  type: (name) =>
    invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    ),
  value: (name) =>
    invalidParameterValue(
      `The message attribute '${name}' must contain a non-empty message attribute value for its type.`,
    ),
  number: (name) => invalidParameterValue(`Can't cast the value of message (user) attribute '${name}' to a number.`),
};

/** The attributes that a receiver asked for: by name, by prefix (`order.*`), or all of them. */
export function wantedAttributes(
  attributes: ReadonlyMap<string, MessageAttribute>,
  wanted: readonly string[] = [],
): ReadonlyMap<string, MessageAttribute> {
  const isWanted = (name: string): boolean =>
    wanted.some((pattern) => ["All", ".*", name].includes(pattern) || isPrefixOf(pattern, name));
  return new Map([...attributes].filter(([name]) => isWanted(name)));
}

function isPrefixOf(pattern: string, name: string): boolean {
  return pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -2));
}

export function writeMessageAttributes(
  attributes: ReadonlyMap<string, MessageAttribute>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    [...attributes].map(([name, { dataType: DataType, value }]) => [
      name,
      typeof value === "string" ? { DataType, StringValue: value } : { DataType, BinaryValue: value },
    ]),
  );
}
