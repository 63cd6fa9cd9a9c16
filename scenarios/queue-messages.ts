import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import {
  type AwsAccess,
  callAws,
  endedBy,
  parseQueueTarget,
  type QueueTarget,
  RootAccessError,
  sqsClient,
  waitFor,
} from "#root-access";
import { digestOf } from "./fixtures.ts";

export interface ReadMessages {
  readonly queue: QueueTarget;
  readonly access: AwsAccess;
  readonly deadlineMilliseconds: number;
  /** Called with the digests seen so far; reading ends when it says so, or at the deadline. */
  readonly enough: (digests: readonly string[]) => boolean;
  /** Messages whose digest this picks are deleted; all others become visible again at once. */
  readonly discard?: (digest: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a queue's messages and leaves them in the queue.
 *
 * A standard queue gives a sample with every call, so what has been seen stays hidden while the rest is looked for and is
 * shown again at the end, whatever happened in between.
 *
 * @returns the digests of the bodies, one for each message seen by the deadline
 */
export async function readMessages(read: ReadMessages): Promise<readonly string[]> {
  const sqs = await sqsClient(read.access);
  const seen = new Map<string, Message>();
  const digests = (): string[] => [...seen.values()].map(digestOfMessage);
  try {
    await waitFor({
      waitingFor: `the messages of queue ${read.queue.name}`,
      look: async () => {
        for (const message of await receive(sqs, read)) seen.set(message.MessageId ?? "", message);
        return read.enough(digests()) ? { found: true } : { instead: `${seen.size} of them` };
      },
      deadlineMilliseconds: read.deadlineMilliseconds,
      signal: read.signal,
    });
  } catch (error) {
    if (!(error instanceof RootAccessError) || error.reason !== "timed-out") throw error;
  } finally {
    await letGo(sqs, read, [...seen.values()]);
  }
  return digests();
}

/**
 * Sends the bodies that are not in the queue yet. Run twice, it sends nothing the second time.
 *
 * @returns the digests of all bodies
 */
export async function sendMissingMessages(
  access: AwsAccess,
  queueArn: string,
  bodies: readonly string[],
): Promise<string[]> {
  const { SendMessageCommand } = await import("@aws-sdk/client-sqs");
  const queue = parseQueueTarget(queueArn, {});
  const sqs = await sqsClient(access);
  const present = await alreadyThere(access, queue, sqs);
  for (const body of bodies.filter((text) => !present.has(digestOf(text)))) {
    await callAws({ doing: `send a message to queue ${queue.name}` }, () =>
      sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body })),
    );
  }
  return bodies.map(digestOf);
}

async function alreadyThere(access: AwsAccess, queue: QueueTarget, sqs: SQSClient): Promise<ReadonlySet<string>> {
  const { GetQueueAttributesCommand } = await import("@aws-sdk/client-sqs");
  const { Attributes } = await callAws({ doing: `count the messages of queue ${queue.name}` }, () =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ["ApproximateNumberOfMessages"] })),
  );
  const count = Number(Attributes?.["ApproximateNumberOfMessages"] ?? "0");
  if (count === 0) return new Set();
  const enough = (digests: readonly string[]): boolean => digests.length >= count;
  return new Set(await readMessages({ queue, access, deadlineMilliseconds: 30_000, enough }));
}

/** Long enough to see the whole queue; a reader that dies gives its messages back by itself after this time. */
const hiddenSeconds = 60;

async function receive(sqs: SQSClient, { queue, signal }: ReadMessages): Promise<readonly Message[]> {
  const { ReceiveMessageCommand } = await import("@aws-sdk/client-sqs");
  const command = new ReceiveMessageCommand({
    QueueUrl: queue.url,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: hiddenSeconds,
    WaitTimeSeconds: 1,
  });
  const { Messages } = await callAws({ doing: `receive from queue ${queue.name}` }, () =>
    sqs.send(command, endedBy(signal)),
  );
  return Messages ?? [];
}

/** Not ended by the signal: a cancelled reader must not keep messages hidden. */
async function letGo(sqs: SQSClient, { queue, discard }: ReadMessages, messages: readonly Message[]): Promise<void> {
  const { ChangeMessageVisibilityCommand, DeleteMessageCommand } = await import("@aws-sdk/client-sqs");
  for (const message of messages) {
    const at = { QueueUrl: queue.url, ReceiptHandle: message.ReceiptHandle };
    await callAws({ doing: `give a message back to queue ${queue.name}` }, async () => {
      if (discard?.(digestOfMessage(message)) === true) await sqs.send(new DeleteMessageCommand(at));
      else await sqs.send(new ChangeMessageVisibilityCommand({ ...at, VisibilityTimeout: 0 }));
    });
  }
}

function digestOfMessage({ Body }: Message): string {
  return digestOf(Body ?? "");
}
