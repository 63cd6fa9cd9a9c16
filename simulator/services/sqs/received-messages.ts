import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
} from "@aws-sdk/client-sqs";
import { AwsFault } from "../../aws-fault.ts";
import type { Queue } from "../../state/sqs.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkBatch, performBatch } from "./batch.ts";
import { checkRange, invalidParameterValue } from "./faults.ts";
import { onQueue, queueOf } from "./queue-access.ts";
import { messageOfHandle } from "./receipt-handle.ts";

const longestVisibility = [0, 43_200] as const;

/** Deleting a message that is gone succeeds. */
export const deleteMessage: Operation<Decoded<DeleteMessageRequest>, object> = {
  requires: onQueue(),
  perform: (input, call) => remove(queueOf(input, call), input.ReceiptHandle),
};

export const deleteMessageBatch: Operation<Decoded<DeleteMessageBatchRequest>, DeleteMessageBatchResult> = {
  validate: ({ Entries }) => {
    checkBatch("DeleteMessageBatchRequestEntry", Entries);
  },
  requires: onQueue("DeleteMessage"),
  perform: (input, call) => {
    const queue = queueOf(input, call);
    return performBatch(input.Entries, ({ ReceiptHandle = "" }) => remove(queue, ReceiptHandle));
  },
};

function remove(queue: Queue, handle: string): object {
  const message = messageOfHandle(queue, handle);
  queue.messages = queue.messages.filter((other) => other !== message);
  return {};
}

export const changeMessageVisibility: Operation<Decoded<ChangeMessageVisibilityRequest>, object> = {
  validate: ({ VisibilityTimeout }) => {
    checkRange("VisibilityTimeout", VisibilityTimeout, longestVisibility);
  },
  requires: onQueue(),
  perform: (input, call) => changeVisibility(queueOf(input, call), input.ReceiptHandle, input.VisibilityTimeout, call),
};

export const changeMessageVisibilityBatch: Operation<
  Decoded<ChangeMessageVisibilityBatchRequest>,
  ChangeMessageVisibilityBatchResult
> = {
  validate: ({ Entries }) => {
    checkBatch("ChangeMessageVisibilityBatchRequestEntry", Entries);
  },
  requires: onQueue("ChangeMessageVisibility"),
  perform: (input, call) => {
    const queue = queueOf(input, call);
    return performBatch(input.Entries, ({ ReceiptHandle = "", VisibilityTimeout: seconds = 0 }) => {
      checkRange("VisibilityTimeout", seconds, longestVisibility);
      return changeVisibility(queue, ReceiptHandle, seconds, call);
    });
  },
};

function changeVisibility(queue: Queue, handle: string, seconds: number, { clock }: Call): object {
  const now = clock.now();
  const message = messageOfHandle(queue, handle);
  if (!message) {
    throw invalidParameterValue(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  if (message.visibleAt <= now) {
    throw new AwsFault("AWS.SimpleQueueService.MessageNotInflight", "The specified message isn't in flight.", {
      shape: "MessageNotInflight",
    });
  }
  message.visibleAt = new Date(now.getTime() + seconds * 1000);
  return {};
}
