import type { AwsFault } from "../aws-fault.ts";
import type { MessageAttribute } from "../state/sqs.ts";

/** A message attribute as SNS and SQS are given it. */
export interface GivenMessageAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** How a service refuses a message attribute, in its own words. */
export interface MessageAttributeRefusals {
  readonly name: (name: string) => AwsFault;
  readonly type: (name: string) => AwsFault;
  readonly value: (name: string, dataType: string) => AwsFault;
  readonly number: (name: string) => AwsFault;
}

/**
 * Reads message attributes by the rules that SNS and SQS share (docs/aws-behaviour.md, section 6).
 *
 * @throws AwsFault of the service
 */
export function readMessageAttributes(
  given: Readonly<Record<string, GivenMessageAttribute>> = {},
  refusals: MessageAttributeRefusals,
): ReadonlyMap<string, MessageAttribute> {
  return new Map(Object.entries(given).map(([name, attribute]) => [name, readAttribute(name, attribute, refusals)]));
}

function readAttribute(
  name: string,
  { DataType: dataType = "", StringValue, BinaryValue }: GivenMessageAttribute,
  refusals: MessageAttributeRefusals,
): MessageAttribute {
  const value = StringValue ?? BinaryValue;
  if (!isName(name)) throw refusals.name(name);
  if (!/^(String|Number|Binary)(\.|$)/.test(dataType)) throw refusals.type(name);
  if (value === undefined || value.length === 0 || (typeof value === "string") === dataType.startsWith("Binary")) {
    throw refusals.value(name, dataType);
  }
  if (typeof value === "string" && dataType.startsWith("Number") && !isNumber(value)) throw refusals.number(name);
  return { dataType, value };
}

function isName(name: string): boolean {
  return /^(?!aws\.|amazon\.)(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i.test(name);
}

function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}
