import { GetQueueAttributesCommand, type QueueAttributeName } from "@aws-sdk/client-sqs";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { samePolicy } from "../policy-equivalence.ts";
import type { Place } from "../resource-type.ts";
import { waits, waitUntilSteady } from "../waiting.ts";

export type QueueAttributes = Partial<Record<QueueAttributeName, string>>;

/** All attributes of a queue; `undefined` when there is no such queue. */
export async function queueAttributes(url: string, { clients, region }: Place): Promise<QueueAttributes | undefined> {
  try {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
    return (await clients.sqs(region).send(command)).Attributes ?? {};
  } catch (error) {
    if (isNoSuchQueue(error)) return undefined;
    throw error;
  }
}

/**
 * Waits until the queue has answered six times in a row with what was sent. Under a deny-all policy the first answer is a
 * denial, and the wait fails with it (docs/aws-behaviour.md, section 6).
 */
export async function waitForQueueAttributes(url: string, sent: QueueAttributes, place: Place): Promise<void> {
  await describing(`waiting for SQS Queue (${url}) attributes`, () =>
    waitUntilSteady(`SQS Queue (${url}) attributes to be as sent`, 6, waits.queueAttributes, place.signal, async () => {
      const found = await queueAttributes(url, place);
      return found !== undefined && Object.entries(sent).every(([name, value]) => agrees(name, value, found));
    }),
  );
}

export function isNoSuchQueue(error: unknown): boolean {
  return failedWith(error, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue");
}

function agrees(name: string, sent: string, found: Readonly<Record<string, string>>): boolean {
  const value = found[name] ?? "";
  return name === "Policy" ? samePolicy(sent, value) : sent === value;
}
