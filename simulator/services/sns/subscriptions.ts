import { randomBytes, randomUUID } from "node:crypto";
import type {
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  SubscribeInput,
  SubscribeResponse,
  UnsubscribeInput,
} from "@aws-sdk/client-sns";
import { parseArn } from "#iam";
import { confirmationEnvelope } from "../../delivery/envelope.ts";
import { deliverToQueue } from "../../delivery/to-queue.ts";
import { snsOnBehalfOf, snsSenderId } from "../../delivery/to-topic.ts";
import type { Subscription, Topic } from "../../state/sns.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { authorizationError, invalidParameter } from "./faults.ts";
import { checkSubscriptionArn } from "./subscription-access.ts";
import { checkEndpoint, checkSubscriptionAttribute } from "./subscription-rules.ts";
import { onTopic, topicOf } from "./topic-access.ts";

type Input = Decoded<SubscribeInput>;

/**
 * A queue's owner needs no confirmation; everybody else is sent a token first: by e-mail, or into the queue of another
 * account.
 */
export const subscribe: Operation<Input, SubscribeResponse> = {
  validate: ({ Protocol, Endpoint = "", Attributes = {} }) => {
    checkEndpoint(Protocol, Endpoint);
    for (const [name, value] of Object.entries(Attributes))
      checkSubscriptionAttribute(name, value, Attributes["FilterPolicyScope"]);
  },
  requires: onTopic,
  perform: (input, call) => {
    const topic = topicOf(input, call);
    const known = existingSubscription(input, call);
    const subscription = known ?? newSubscription(input, topic, call);
    if (!known) {
      call.state.subscriptions.set(subscription.arn, subscription);
      if (!subscription.confirmed) askForConfirmation(subscription, topic, call);
    }
    const isShown = subscription.confirmed || input.ReturnSubscriptionArn === true;
    return { SubscriptionArn: isShown ? subscription.arn : "pending confirmation" };
  },
};

function existingSubscription(
  { TopicArn, Protocol, Endpoint, Attributes = {} }: Input,
  call: Call,
): Subscription | undefined {
  const known = [...call.state.subscriptions.values()].find(
    ({ topicArn, protocol, endpoint }) => topicArn === TopicArn && protocol === Protocol && endpoint === Endpoint,
  );
  const differs = Object.entries(Attributes).some(
    ([name, value]) => known && (known.attributes.get(name) ?? "") !== value,
  );
  if (differs) throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
  return known;
}

function newSubscription({ Protocol, Endpoint = "", Attributes = {} }: Input, topic: Topic, call: Call): Subscription {
  const { caller } = call;
  const protocol = checkEndpoint(Protocol, Endpoint);
  const confirmed = protocol === "sqs" && parseArn(Endpoint)?.accountId === caller.accountId;
  return {
    arn: `${topic.arn}:${randomUUID()}`,
    topicArn: topic.arn,
    protocol,
    endpoint: Endpoint,
    accountId: caller.accountId,
    principal: caller.principal.arn,
    attributes: new Map(Object.entries(Attributes)),
    token: randomBytes(128).toString("hex"),
    confirmed,
    authenticated: confirmed,
  };
}

function askForConfirmation(subscription: Subscription, topic: Topic, { state, clock }: Call): void {
  const at = clock.now();
  const body = confirmationEnvelope(topic, subscription, randomUUID(), at);
  const { endpoint, protocol } = subscription;
  if (protocol !== "sqs") {
    const subject = "AWS Notification - Subscription Confirmation";
    state.outbox.push({ to: endpoint, topicArn: topic.arn, subject, body, sent: at });
    return;
  }
  const message = { body, senderId: snsSenderId, attributes: new Map() };
  const reason = deliverToQueue(endpoint, message, snsOnBehalfOf(topic), { state, at });
  if (reason !== undefined) state.undelivered.push({ at, from: topic.arn, to: endpoint, reason });
}

export const confirmSubscription: Operation<Decoded<ConfirmSubscriptionInput>, ConfirmSubscriptionResponse> = {
  validate: (input) => {
    refuseUnmodelled("sns:ConfirmSubscription", input, ["TopicArn", "Token"]);
  },
  requires: onTopic,
  perform: (input, call) => {
    const topic = topicOf(input, call);
    const subscription = [...call.state.subscriptions.values()].find(
      ({ token, topicArn }) => token === input.Token && topicArn === topic.arn,
    );
    if (!subscription) throw invalidParameter("Token");
    subscription.confirmed = true;
    return { SubscriptionArn: subscription.arn };
  },
};

/** Open to the subscription's owner and the topic's. Unsubscribing what is not there succeeds. */
export const unsubscribe: Operation<Decoded<UnsubscribeInput>, object> = {
  validate: ({ SubscriptionArn }) => {
    checkSubscriptionArn(SubscriptionArn);
  },
  perform: ({ SubscriptionArn: arn }, call) => {
    const { state, caller } = call;
    const subscription = state.subscriptions.get(arn);
    if (!subscription) return {};
    const topic = state.topics.get(subscription.topicArn);
    if (caller.accountId !== subscription.accountId && caller.accountId !== topic?.accountId) {
      throw authorizationError(caller.principal.arn, "Unsubscribe", arn);
    }
    if (!subscription.confirmed) {
      throw invalidParameter("SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation");
    }
    state.subscriptions.delete(arn);
    if (topic) topic.deletedSubscriptions += 1;
    return {};
  },
};
