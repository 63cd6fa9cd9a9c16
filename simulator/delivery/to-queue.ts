import { heldPolicy } from "../policy-texts.ts";
import { enqueue, messageSize, type NewMessage } from "../state/enqueue.ts";
import { readPropagating } from "../state/propagating.ts";
import { type DeliveryWorld, keyRefusalOf, refusalOf, type ServicePrincipal } from "./service-principal.ts";

/**
 * Puts a service's message into a queue, where the queue's policy and its key let it.
 *
 * @returns why it could not be delivered
 */
export function deliverToQueue(
  queueArn: string,
  message: NewMessage,
  principal: ServicePrincipal,
  world: DeliveryWorld,
): string | undefined {
  const { state, at } = world;
  const queue = state.queues.get(queueArn);
  if (!queue || queue.deleted) return `The queue ${queueArn} does not exist.`;
  const attributes = readPropagating(queue.attributes, at);
  const policy = attributes.get("Policy") ?? "";
  const request = {
    action: "sqs:SendMessage",
    resource: queue.arn,
    resourceAccountId: queue.accountId,
    policy: policy === "" ? undefined : { name: `policy of queue ${queue.name}`, document: heldPolicy(policy) },
  };
  const refusal =
    refusalOf(principal, request, world) ??
    keyRefusalOf(principal, attributes.get("KmsMasterKeyId") ?? "", queue, world);
  if (refusal !== undefined) return refusal;
  if (messageSize(message.body, message.attributes) > Number(attributes.get("MaximumMessageSize"))) {
    return `The message is larger than the queue ${queueArn} takes.`;
  }
  enqueue(queue, message, at);
  return undefined;
}
