import { randomUUID } from "node:crypto";
import { AwsFault } from "../../aws-fault.ts";
import type { Queue, QueueMessage } from "../../state/sqs.ts";

/** Names one receipt of one message: a later receipt has another handle. Opaque to clients. */
export function newReceiptHandle(queue: Queue, messageId: string): string {
  return Buffer.from(`${queue.arn} ${messageId} ${randomUUID()}`).toString("base64");
}

/**
 * @returns `undefined` when the message is gone already
 * @throws AwsFault ReceiptHandleIsInvalid for what is no handle of this queue
 */
export function messageOfHandle(queue: Queue, handle: string): QueueMessage | undefined {
  const [arn, messageId] = Buffer.from(handle, "base64").toString().split(" ");
  if (arn !== queue.arn || messageId === undefined) {
    throw new AwsFault(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      {
        status: 404,
      },
    );
  }
  return queue.messages.find(({ id }) => id === messageId);
}
