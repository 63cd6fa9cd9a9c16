import type { Subscription, Topic } from "../state/sns.ts";
import type { MessageAttribute } from "../state/sqs.ts";
import { sign } from "./envelope-signature.ts";

interface Notified {
  readonly id: string;
  readonly subject: string | undefined;
  readonly attributes: ReadonlyMap<string, MessageAttribute>;
}

/**
 * The JSON in which SNS wraps a message for its subscribers.
 *
 * Source: Amazon SNS Developer Guide, "Parsing Amazon SNS message formats".
 */
export function notificationEnvelope(
  topic: Topic,
  { arn }: Subscription,
  { id, subject, attributes }: Notified,
  message: string,
  sent: Date,
): string {
  const signed = {
    Message: message,
    MessageId: id,
    ...(subject === undefined ? {} : { Subject: subject }),
    Timestamp: sent.toISOString(),
    TopicArn: topic.arn,
    Type: "Notification",
  };
  return JSON.stringify({
    Type: signed.Type,
    MessageId: id,
    TopicArn: topic.arn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: signed.Timestamp,
    ...signatureOf(signed, topic),
    UnsubscribeURL: `https://sns.${topic.region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(attributes.size > 0 ? { MessageAttributes: attributeMembers(attributes) } : {}),
  });
}

/** What a queue of another account gets: its owner confirms with the token. */
export function confirmationEnvelope(topic: Topic, { token }: Subscription, id: string, sent: Date): string {
  const signed = {
    Message: `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    MessageId: id,
    SubscribeURL: `https://sns.${topic.region}.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic.arn}&Token=${token}`,
    Timestamp: sent.toISOString(),
    Token: token,
    TopicArn: topic.arn,
    Type: "SubscriptionConfirmation",
  };
  return JSON.stringify({ ...signed, ...signatureOf(signed, topic) });
}

function signatureOf(signed: Readonly<Record<string, string>>, { region, attributes }: Topic): object {
  const version = attributes.get("SignatureVersion") ?? "1";
  return {
    SignatureVersion: version,
    Signature: sign(signed, version),
    SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-sandbox.pem`,
  };
}

function attributeMembers(attributes: ReadonlyMap<string, MessageAttribute>): object {
  return Object.fromEntries(
    [...attributes].map(([name, { dataType, value }]) => [
      name,
      { Type: dataType, Value: typeof value === "string" ? value : Buffer.from(value).toString("base64") },
    ]),
  );
}
