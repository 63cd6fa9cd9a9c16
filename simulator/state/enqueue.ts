import { randomUUID } from "node:crypto";
import { readPropagating } from "./propagating.ts";
import type { MessageAttribute, Queue, QueueMessage } from "./sqs.ts";

/** A message that may be put into a queue. */
export interface NewMessage {
  readonly body: string;
  readonly senderId: string;
  readonly attributes: ReadonlyMap<string, MessageAttribute>;
  /** Omitted: the queue's own. */
  readonly delaySeconds?: number | undefined;
}

/** Puts a message into a queue. Whoever calls has checked that it is allowed and fits. */
export function enqueue(queue: Queue, message: NewMessage, now: Date): QueueMessage {
  const delaySeconds = message.delaySeconds ?? Number(readPropagating(queue.attributes, now).get("DelaySeconds"));
  const queued: QueueMessage = {
    id: randomUUID(),
    body: message.body,
    sent: now,
    senderId: message.senderId,
    attributes: message.attributes,
    visibleAt: new Date(now.getTime() + delaySeconds * 1000),
    receiptHandle: undefined,
    received: 0,
    firstReceived: undefined,
  };
  queue.messages.push(queued);
  return queued;
}

/** In bytes, as SQS counts them against a queue's limit. */
export function messageSize(body: string, attributes: ReadonlyMap<string, MessageAttribute>): number {
  const parts = [...attributes].map(
    ([name, { dataType, value }]) => Buffer.byteLength(name) + Buffer.byteLength(dataType) + Buffer.byteLength(value),
  );
  return parts.reduce((sum, size) => sum + size, Buffer.byteLength(body));
}
