import { MalformedPolicyError, parsePolicy } from "#iam";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { State } from "../../state/state.ts";
import { unknownPrincipal } from "../known-principals.ts";
import { invalidAttributeValue, unknownAttribute } from "./faults.ts";

/** What a queue has when its creator says nothing. */
export const defaultAttributes: ReadonlyMap<string, string> = new Map([
  ["VisibilityTimeout", "30"],
  ["MaximumMessageSize", "1048576"],
  ["MessageRetentionPeriod", "345600"],
  ["DelaySeconds", "0"],
  ["ReceiveMessageWaitTimeSeconds", "0"],
  ["SqsManagedSseEnabled", "true"],
]);

const ranges: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ["VisibilityTimeout", [0, 43_200]],
  ["MaximumMessageSize", [1024, 1_048_576]],
  ["MessageRetentionPeriod", [60, 1_209_600]],
  ["DelaySeconds", [0, 900]],
  ["ReceiveMessageWaitTimeSeconds", [0, 20]],
  ["KmsDataKeyReusePeriodSeconds", [60, 86_400]],
]);

/** What these do is not modelled; saying that they are not wanted is. */
const acceptedWhenOff: ReadonlyMap<string, string> = new Map([
  ["RedrivePolicy", ""],
  ["RedriveAllowPolicy", ""],
  ["FifoQueue", "false"],
  ["ContentBasedDeduplication", "false"],
]);

const notModelled = new Set([...acceptedWhenOff.keys(), "DeduplicationScope", "FifoThroughputLimit"]);

const longestPolicyBytes = 8192;

/** @returns whether GetQueueAttributes may be asked for it */
export function isSettable(name: string): boolean {
  return (
    ranges.has(name) || notModelled.has(name) || ["Policy", "SqsManagedSseEnabled", "KmsMasterKeyId"].includes(name)
  );
}

/**
 * Checks attributes that somebody wants to set.
 *
 * @throws AwsFault InvalidAttributeName, InvalidAttributeValue, or 501 for what is not modelled
 */
export function checkAttributes(attributes: Readonly<Record<string, string>>, state: State): void {
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value, state);
  if (attributes["SqsManagedSseEnabled"] === "true" && (attributes["KmsMasterKeyId"] ?? "") !== "") {
    throw new AwsFault("InvalidAttributeValue", "You can use one type of server-side encryption (SSE) at one time.");
  }
}

/** A queue is encrypted in one way: choosing a key turns SQS's own encryption off, and the other way round. */
export function withOneEncryption(attributes: Readonly<Record<string, string>>): [string, string][] {
  const own = (attributes["KmsMasterKeyId"] ?? "") === "" ? [] : [["SqsManagedSseEnabled", "false"] as const];
  const none = attributes["SqsManagedSseEnabled"] === "true" ? [["KmsMasterKeyId", ""] as const] : [];
  return Object.entries({ ...attributes, ...Object.fromEntries([...own, ...none]) });
}

function checkAttribute(name: string, value: string, state: State): void {
  if (!isSettable(name)) throw unknownAttribute(name);
  if (notModelled.has(name) && acceptedWhenOff.get(name) !== value) throw notImplemented(`The queue attribute ${name}`);
  if (!isValid(name, value, state)) throw invalidAttributeValue(name);
}

function isValid(name: string, value: string, state: State): boolean {
  if (name === "Policy") return value === "" || isQueuePolicy(value, state);
  if (name === "KmsMasterKeyId") return value.length <= 2048;
  if (name === "SqsManagedSseEnabled") return ["true", "false"].includes(value);
  const [least, most] = ranges.get(name) ?? [0, 0];
  return notModelled.has(name) || (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most);
}

function isQueuePolicy(text: string, state: State): boolean {
  if (Buffer.byteLength(text) > longestPolicyBytes) return false;
  try {
    const document = parsePolicy(text, "resource");
    const actions = document.statements.flatMap(({ actions = [], notActions = [] }) => [...actions, ...notActions]);
    return unknownPrincipal(document, state) === undefined && actions.every((action) => /^(\*$|sqs:)/i.test(action));
  } catch (error) {
    if (error instanceof MalformedPolicyError) return false;
    throw error;
  }
}
