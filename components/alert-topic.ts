import { Alias, Key } from "@pulumi/aws/kms/index.js";
import { Topic, TopicPolicy, TopicSubscription } from "@pulumi/aws/sns/index.js";
import type { Input } from "@pulumi/pulumi";
import { alertKeyPolicy, alertTopicPolicy } from "#iam";
import type { AlertPlace, RootAccessAlertsNodes } from "./alert-nodes.ts";
import { transformed } from "./transform.ts";

/** Somebody or something that gets the alerts. */
export interface AlertSubscription {
  /** An e-mail address has to confirm before it gets anything; queues and functions need a policy that lets SNS in. */
  readonly protocol: "email" | "email-json" | "sqs" | "lambda" | "sms";
  /** The address, the number, or the ARN. */
  readonly endpoint: Input<string>;
}

interface AlertTopicArgs {
  readonly keyArn?: Input<string> | undefined;
  readonly topicName?: string | undefined;
  readonly subscriptions?: readonly AlertSubscription[] | undefined;
}

/** What belongs to the topic. */
export type AlertTopicNodes = Pick<
  RootAccessAlertsNodes,
  "key" | "keyAlias" | "topic" | "topicPolicy" | "subscriptions"
>;

/** Makes the topic, its key unless there is one, and lets EventBridge and the subscribers in. */
export function makeAlertTopic(place: AlertPlace, args: AlertTopicArgs): AlertTopicNodes {
  const { name, region, parent, transform } = place;
  const { keyArn, topicName = "root-access-alerts", subscriptions = [] } = args;
  const own = keyArn === undefined ? makeKey(place, topicName) : undefined;
  const topic = new Topic(
    `${name}-topic`,
    transformed(transform.topic, {
      name: topicName,
      displayName: "Root access alerts",
      kmsMasterKeyId: keyArn ?? own?.key.arn,
      region,
    }),
    { parent },
  );
  const topicPolicy = new TopicPolicy(
    `${name}-topic-policy`,
    transformed(transform.topicPolicy, {
      arn: topic.arn,
      policy: topic.arn.apply((arn) => JSON.stringify(alertTopicPolicy(arn))),
      region,
    }),
    { parent },
  );
  const subscribed = subscriptions.map(
    ({ protocol, endpoint }, index) =>
      new TopicSubscription(
        `${name}-to-${typeof endpoint === "string" ? endpoint : index + 1}`,
        transformed(transform.subscriptions, { topic: topic.arn, protocol, endpoint, region }),
        { parent },
      ),
  );
  return { key: own?.key, keyAlias: own?.keyAlias, topic, topicPolicy, subscriptions: subscribed };
}

function makeKey(
  { name, accountId, region, parent, transform }: AlertPlace,
  topicName: string,
): { readonly key: Key; readonly keyAlias: Alias } {
  const key = new Key(
    `${name}-key`,
    transformed(transform.key, {
      description: "Encrypts the alerts about root sessions",
      enableKeyRotation: true,
      policy: JSON.stringify(alertKeyPolicy(accountId)),
      region,
    }),
    { parent },
  );
  const keyAlias = new Alias(
    `${name}-key-alias`,
    transformed(transform.keyAlias, { name: `alias/${topicName}`, targetKeyId: key.keyId, region }),
    { parent },
  );
  return { key, keyAlias };
}
