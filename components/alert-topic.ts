import { Alias, Key } from "@pulumi/aws/kms/index.js";
import { Topic, TopicPolicy, TopicSubscription } from "@pulumi/aws/sns/index.js";
import type { Input } from "@pulumi/pulumi";
import { alertTopicPolicy } from "#iam";
import type { AlertPlace, RootAccessAlertsNodes } from "./alert-nodes.ts";
import { alertKeySettings, topicArn, topicDisplayName } from "./alert-settings.ts";
import { transformed } from "./transform.ts";
import { logicalPart } from "./when-known.ts";

/** Somebody or something that gets the alerts. */
export interface AlertSubscription {
  /** An e-mail address has to confirm before it gets anything; queues and functions need a policy that lets SNS in. */
  readonly protocol: "email" | "email-json" | "sqs" | "lambda" | "sms";
  /** The address, the number, or the ARN. */
  readonly endpoint: Input<string>;
}

interface AlertTopicArgs {
  readonly keyArn?: Input<string> | undefined;
  readonly topicName: string;
  readonly subscriptions?: readonly AlertSubscription[] | undefined;
}

/** What belongs to the topic. */
export type AlertTopicNodes = Pick<
  RootAccessAlertsNodes,
  "key" | "keyAlias" | "topic" | "topicPolicy" | "subscriptions"
>;

/** Makes the topic, its key unless there is one, and lets EventBridge and the subscribers in. */
export function makeAlertTopic(place: AlertPlace, args: AlertTopicArgs): AlertTopicNodes {
  const { name, accountId, region, parent, transform, existing } = place;
  const { keyArn, topicName, subscriptions = [] } = args;
  const own = keyArn === undefined ? makeKey(place, topicName) : undefined;
  const importId = `${topicArn({ accountId, region, topicName })}@${region}`;
  const topic = new Topic(
    `${name}-topic`,
    transformed(transform.topic, {
      name: topicName,
      displayName: existing.unfinished?.has("the topic's display name") ? undefined : topicDisplayName,
      kmsMasterKeyId: existing.unfinished?.has("the topic's key") ? undefined : (keyArn ?? own?.key.arn),
      region,
    }),
    { parent, ...(existing.hasTopic ? { import: importId } : {}) },
  );
  const topicPolicy = new TopicPolicy(
    `${name}-topic-policy`,
    transformed(transform.topicPolicy, {
      arn: topic.arn,
      policy: topic.arn.apply((arn) => JSON.stringify(alertTopicPolicy(arn))),
      region,
    }),
    { parent, ...(existing.hasTopicPolicy ? { import: importId } : {}) },
  );
  const subscribed = subscriptions.map(
    ({ protocol, endpoint }, index) =>
      new TopicSubscription(
        `${name}-to-${subscriberName(subscriptions, index)}`,
        transformed(transform.subscriptions, { topic: topic.arn, protocol, endpoint, region }),
        { parent },
      ),
  );
  return { key: own?.key, keyAlias: own?.keyAlias, topic, topicPolicy, subscriptions: subscribed };
}

/** By the endpoint; an address that is told in a second form has the protocol in that one's name. */
function subscriberName(subscriptions: readonly AlertSubscription[], index: number): string {
  const { endpoint = "", protocol } = subscriptions[index] ?? {};
  const subscriber = logicalPart(endpoint, index);
  const isFirst = subscriptions.findIndex((one) => one.endpoint === endpoint) === index;
  return isFirst ? subscriber : `${subscriber}-${protocol}`;
}

function makeKey(
  { name, accountId, region, parent, transform, existing }: AlertPlace,
  topicName: string,
): { readonly key: Key; readonly keyAlias: Alias } {
  const { description, policy, tags } = alertKeySettings({ accountId, topicName });
  const key = new Key(
    `${name}-key`,
    transformed(transform.key, {
      description,
      enableKeyRotation: !existing.unfinished?.has("the key's rotation"),
      policy: JSON.stringify(policy),
      tags,
      region,
    }),
    { parent, ...(existing.keyId === undefined ? {} : { import: `${existing.keyId}@${region}` }) },
  );
  const keyAlias = new Alias(
    `${name}-key-alias`,
    transformed(transform.keyAlias, { name: `alias/${topicName}`, targetKeyId: key.keyId, region }),
    { parent, ...(existing.hasKeyAlias ? { import: `alias/${topicName}@${region}` } : {}) },
  );
  return { key, keyAlias };
}
