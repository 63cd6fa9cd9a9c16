import type {
  SendMessageBatchRequest,
  SendMessageBatchRequestEntry,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from "@aws-sdk/client-sqs";
import { AwsFault } from "../../aws-fault.ts";
import { readPropagating } from "../../state/propagating.ts";
import type { Queue } from "../../state/sqs.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkBatch, performBatch } from "./batch.ts";
import { enqueue, messageSize } from "../../state/enqueue.ts";
import { invalidParameterValue, missingParameter } from "./faults.ts";
import { readMessageAttributes } from "./message-attributes.ts";
import { attributesDigest, bodyDigest } from "./message-digest.ts";
import { queueOf } from "./queue-access.ts";
import { toSend } from "./queue-encryption.ts";

const largestBatchBytes = 1_048_576;
const longestDelay = 900;

export const sendMessage: Operation<Decoded<SendMessageRequest>, SendMessageResult> = {
  validate: (input) => {
    checkForm(input);
    checkContent(input);
  },
  requires: toSend(),
  perform: (input, call) => send(input, queueOf(input, call), call),
};

export const sendMessageBatch: Operation<Decoded<SendMessageBatchRequest>, SendMessageBatchResult> = {
  validate: ({ Entries }) => {
    checkBatch("SendMessageBatchRequestEntry", Entries);
    Entries.forEach(checkForm);
    checkBatchSize(Entries);
  },
  requires: toSend("SendMessage"),
  perform: (input, call) => {
    const queue = queueOf(input, call);
    const { Successful, Failed } = performBatch(input.Entries, (entry) => {
      checkContent(entry);
      return send(entry, queue, call);
    });
    return { Successful, Failed };
  },
};

/** A message to be sent, alone or in a batch. */
type Message = Omit<SendMessageBatchRequestEntry, "Id"> & {
  readonly Id?: string | undefined;
  readonly QueueUrl?: string;
};

/** What makes a request bad as a whole, in a batch too. */
function checkForm(message: Message): void {
  refuseUnmodelled("sqs:SendMessage", message, ["QueueUrl", "Id", "MessageBody", "DelaySeconds", "MessageAttributes"]);
  if (message.MessageBody === undefined || message.MessageBody === "") throw missingParameter("MessageBody");
  readMessageAttributes(message.MessageAttributes);
}

/** What a batch answers for each entry by itself (docs/aws-behaviour.md, section 6). */
function checkContent({ MessageBody: body = "", DelaySeconds: delay = 0 }: Message): void {
  if (!isText(body)) {
    throw new AwsFault(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
  }
  if (delay < 0 || delay > longestDelay) {
    throw invalidParameterValue(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${longestDelay}.`,
    );
  }
}

function isText(body: string): boolean {
  return /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(body);
}

function checkBatchSize(entries: readonly Message[]): void {
  const bytes = entries
    .map((entry) => messageSize(entry.MessageBody ?? "", readMessageAttributes(entry.MessageAttributes)))
    .reduce((sum, size) => sum + size, 0);
  if (bytes <= largestBatchBytes) return;
  throw new AwsFault(
    "AWS.SimpleQueueService.BatchRequestTooLong",
    `Batch requests cannot be longer than ${largestBatchBytes} bytes. You have sent ${bytes} bytes.`,
    { shape: "BatchRequestTooLong" },
  );
}

interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
}

function send({ MessageBody: body = "", DelaySeconds, MessageAttributes }: Message, queue: Queue, call: Call): Sent {
  const now = call.clock.now();
  const set = readPropagating(queue.attributes, now);
  const attributes = readMessageAttributes(MessageAttributes);
  const largest = Number(set.get("MaximumMessageSize"));
  if (messageSize(body, attributes) > largest) {
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${largest} bytes.`,
    );
  }
  const message = { body, senderId: call.caller.userId, attributes, delaySeconds: DelaySeconds };
  const { id } = enqueue(queue, message, now);
  const digest = attributesDigest(attributes);
  return {
    MessageId: id,
    MD5OfMessageBody: bodyDigest(body),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest }),
  };
}
