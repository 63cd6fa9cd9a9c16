import { heldPolicy } from "../policy-texts.ts";
import type { Subscription, Topic } from "../state/sns.ts";
import { notificationEnvelope } from "./envelope.ts";
import { passesFilter } from "./filter-policy.ts";
import type { Notification } from "./notification.ts";
import { type DeliveryWorld, keyRefusalOf, refusalOf, type ServicePrincipal } from "./service-principal.ts";
import { deliverToQueue } from "./to-queue.ts";

/**
 * Publishes as a service, where the topic's policy and its key let it.
 *
 * @returns why it could not be published
 */
export function publishAsService(
  topicArn: string,
  notification: Notification,
  principal: ServicePrincipal,
  world: DeliveryWorld,
): string | undefined {
  const topic = world.state.topics.get(topicArn);
  if (!topic) return `The topic ${topicArn} does not exist.`;
  const policy = { name: `policy of topic ${topic.name}`, document: heldPolicy(topic.attributes.get("Policy") ?? "") };
  const request = { action: "sns:Publish", resource: topic.arn, resourceAccountId: topic.accountId, policy };
  const refusal =
    refusalOf(principal, request, world) ??
    keyRefusalOf(principal, topic.attributes.get("KmsMasterKeyId") ?? "", topic, world);
  if (refusal === undefined) deliverToSubscribers(topic, notification, world);
  return refusal;
}

/** Hands a notification to every confirmed subscriber whose filter lets it through. */
export function deliverToSubscribers(topic: Topic, notification: Notification, world: DeliveryWorld): void {
  const { state, at } = world;
  for (const subscription of state.subscriptions.values()) {
    const isMeant = subscription.topicArn === topic.arn && subscription.confirmed;
    if (!isMeant || !passesFilter(subscription, notification)) continue;
    const reason = deliver(subscription, topic, notification, world);
    if (reason !== undefined) state.undelivered.push({ at, from: topic.arn, to: subscription.endpoint, reason });
  }
}

function deliver(
  subscription: Subscription,
  topic: Topic,
  notification: Notification,
  world: DeliveryWorld,
): string | undefined {
  const { endpoint, protocol, topicArn } = subscription;
  const message = notification.messageFor(protocol);
  const envelope = (): string => notificationEnvelope(topic, subscription, notification, message, world.at);
  if (protocol !== "sqs") {
    const subject = notification.subject ?? "AWS Notification Message";
    const body = protocol === "email" ? message : envelope();
    world.state.outbox.push({ to: endpoint, topicArn, subject, body, sent: world.at });
    return undefined;
  }
  const isRaw = subscription.attributes.get("RawMessageDelivery") === "true";
  return deliverToQueue(
    endpoint,
    {
      body: isRaw ? message : envelope(),
      senderId: snsSenderId,
      attributes: isRaw ? notification.attributes : new Map(),
    },
    snsOnBehalfOf(topic),
    world,
  );
}

/** SNS as a sender of queue messages: an account of AWS's own. */
export const snsSenderId = "AIDASANDBOXSNSSENDER0";

/** SNS names the topic and its owner to the queue that it sends to. */
export function snsOnBehalfOf({ arn, accountId }: Topic): ServicePrincipal {
  return { name: "sns.amazonaws.com", context: { "aws:SourceArn": arn, "aws:SourceAccount": accountId } };
}
