import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Message, ReceiveMessageRequest, ReceiveMessageResult } from "@aws-sdk/client-sqs";
import { deliverDueEvents } from "../../delivery/deliver-due-events.ts";
import { readPropagating } from "../../state/propagating.ts";
import type { Queue, QueueMessage } from "../../state/sqs.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkRange, unknownAttribute } from "./faults.ts";
import { wantedAttributes, writeMessageAttributes } from "./message-attributes.ts";
import { attributesDigest, bodyDigest } from "./message-digest.ts";
import { queueOf } from "./queue-access.ts";
import { toReceive } from "./queue-encryption.ts";
import { newReceiptHandle } from "./receipt-handle.ts";

type Input = Decoded<ReceiveMessageRequest>;

const pollMilliseconds = 20;

/** Waits for a message for as long as the caller or the queue says, then takes up to as many as were asked for. */
export const receiveMessage: Operation<Input, ReceiveMessageResult> = {
  validate: (input) => {
    refuseUnmodelled("sqs:ReceiveMessage", input, [
      "QueueUrl",
      "AttributeNames",
      "MessageSystemAttributeNames",
      "MessageAttributeNames",
      "MaxNumberOfMessages",
      "VisibilityTimeout",
      "WaitTimeSeconds",
    ]);
    checkRange("MaxNumberOfMessages", input.MaxNumberOfMessages, [1, 10]);
    checkRange("VisibilityTimeout", input.VisibilityTimeout, [0, 43_200]);
    checkRange("WaitTimeSeconds", input.WaitTimeSeconds, [0, 20]);
    const unknown = systemAttributeNames(input).find((name) => name !== "All" && !knownSystemAttributes.has(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
  },
  requires: toReceive,
  perform: async (input, call) => {
    const queue = queueOf(input, call);
    const set = readPropagating(queue.attributes, call.clock.now());
    const waitSeconds = input.WaitTimeSeconds ?? Number(set.get("ReceiveMessageWaitTimeSeconds"));
    const hiddenSeconds = input.VisibilityTimeout ?? Number(set.get("VisibilityTimeout"));
    const deadline = call.clock.now().getTime() + waitSeconds * 1000;
    let taken = take(queue, input, hiddenSeconds, call);
    while (taken.length === 0 && call.clock.now().getTime() < deadline) {
      await delay(pollMilliseconds, undefined, { ref: false });
      taken = take(queue, input, hiddenSeconds, call);
    }
    return taken.length > 0 ? { Messages: taken.map((message) => answer(message, queue, input)) } : {};
  },
};

/** Hides the messages from other receivers until their visibility timeout has passed. */
function take(
  queue: Queue,
  { MaxNumberOfMessages: most = 1 }: Input,
  hiddenSeconds: number,
  call: Call,
): QueueMessage[] {
  const now = call.clock.now();
  // An event may arrive while a receiver waits.
  deliverDueEvents(call.state, now);
  dropExpired(queue, now);
  const taken = queue.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
  for (const message of taken) {
    message.visibleAt = new Date(now.getTime() + hiddenSeconds * 1000);
    message.receiptHandle = newReceiptHandle(queue, message.id);
    message.received += 1;
    message.firstReceived ??= now;
  }
  return taken;
}

function dropExpired(queue: Queue, now: Date): void {
  const seconds = Number(readPropagating(queue.attributes, now).get("MessageRetentionPeriod"));
  const oldest = now.getTime() - seconds * 1000;
  queue.messages = queue.messages.filter(({ sent }) => sent.getTime() >= oldest);
}

function answer(message: QueueMessage, queue: Queue, input: Input): Message {
  const names = new Set(systemAttributeNames(input));
  const system = systemAttributes(message).filter(([name]) => names.has("All") || names.has(name));
  const attributes = wantedAttributes(message.attributes, input.MessageAttributeNames);
  const digest = attributesDigest(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle ?? newReceiptHandle(queue, randomUUID()),
    MD5OfBody: bodyDigest(message.body),
    Body: message.body,
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(digest === undefined
      ? {}
      : { MD5OfMessageAttributes: digest, MessageAttributes: writeMessageAttributes(attributes) }),
  };
}

/** The older of the two members means the same. */
interface AsksForSystemAttributes {
  readonly AttributeNames?: readonly string[] | undefined;
  readonly MessageSystemAttributeNames?: readonly string[] | undefined;
}

function systemAttributeNames({
  AttributeNames = [],
  MessageSystemAttributeNames = [],
}: AsksForSystemAttributes): readonly string[] {
  return [...AttributeNames, ...MessageSystemAttributeNames];
}

function systemAttributes({ senderId, sent, received, firstReceived = sent }: QueueMessage): [string, string][] {
  return [
    ["SenderId", senderId],
    ["SentTimestamp", String(sent.getTime())],
    ["ApproximateReceiveCount", String(received)],
    ["ApproximateFirstReceiveTimestamp", String(firstReceived.getTime())],
  ];
}

/** Those that a standard queue's messages can lack are known too. */
const knownSystemAttributes = new Set([
  "SenderId",
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "SequenceNumber",
  "MessageDeduplicationId",
  "MessageGroupId",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
]);
