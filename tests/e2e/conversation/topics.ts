import { absent, type Chapter, type ExpectedRefusal, type Step } from "./step.ts";

const TopicArn = "arn:aws:sns:ap-northeast-2:222222222222:alerts";
const queueArn = "arn:aws:sqs:ap-northeast-2:222222222222:alerts";
const noTopic = "arn:aws:sns:ap-northeast-2:222222222222:none";
const toTopic = allow({ Service: "events.amazonaws.com" }, "sns:Publish", TopicArn);
const toQueue = allow({ Service: "sns.amazonaws.com" }, "sqs:SendMessage", queueArn);
const administrator = "arn:aws:iam::222222222222:user/administrator";

/** Under the key of `keys`; topic and queue stay, for `alerts`. */
export const topics: Chapter = {
  title: "section 9: an encrypted topic, and a queue that listens",
  steps: [
    step("a name with a space", "CreateTopic", { Name: "root alerts" }, invalid("Topic Name")),
    step(
      "an attribute that is none",
      "CreateTopic",
      { Name: "alerts", Attributes: { Colour: "red" } },
      invalid("AttributeName"),
    ),
    step(
      "a topic",
      "CreateTopic",
      { Name: "alerts", Attributes: { KmsMasterKeyId: "alias/alerts" }, Tags: [{ Key: "team", Value: "security" }] },
      {
        answer: { TopicArn },
      },
    ),
    step("the same once more", "CreateTopic", { Name: "alerts" }, { answer: { TopicArn } }),
    step(
      "the same, but not quite",
      "CreateTopic",
      { Name: "alerts", Attributes: { DisplayName: "Alerts" } },
      invalid("Attributes Reason: Topic already exists with different attributes"),
    ),
    step(
      "its tags",
      "ListTagsForResource",
      { ResourceArn: TopicArn },
      { answer: { Tags: [{ Key: "team", Value: "security" }] } },
    ),
    step(
      "no tags of what is not there",
      "ListTagsForResource",
      { ResourceArn: noTopic },
      refusal("ResourceNotFound", "Resource does not exist", 404),
    ),
    step(
      "a policy that is none",
      "SetTopicAttributes",
      { TopicArn, AttributeName: "Policy", AttributeValue: "{}" },
      invalid("Policy Error: null"),
    ),
    step(
      "a policy for EventBridge",
      "SetTopicAttributes",
      { TopicArn, AttributeName: "Policy", AttributeValue: toTopic },
      { answer: {} },
    ),
    step(
      "the policy as it was put",
      "GetTopicAttributes",
      { TopicArn },
      {
        answer: {
          Attributes: { TopicArn, Policy: toTopic, KmsMasterKeyId: "alias/alerts", SubscriptionsConfirmed: "0" },
        },
      },
    ),
    step(
      "no topic of that name",
      "GetTopicAttributes",
      { TopicArn: noTopic },
      refusal("NotFound", "Topic does not exist", 404),
    ),
    step("what is no topic's ARN", "GetTopicAttributes", { TopicArn: "alerts" }, invalid("TopicArn")),
    {
      ...step(
        "not from another account",
        "Publish",
        { TopicArn, Message: "glass broken" },
        refusal(
          "AuthorizationError",
          `User: arn:aws:iam::333333333333:user/administrator is not authorized to perform: SNS:Publish on resource: ${TopicArn} because no resource-based policy allows the SNS:Publish action`,
          403,
        ),
      ),
      as: "orders",
    },
    {
      ...step(
        "not by whoever may do nothing",
        "ListTopics",
        {},
        refusal(
          "AuthorizationError",
          /user\/onlooker is not authorized to perform: SNS:ListTopics on resource: \S+ because no identity-based policy allows the SNS:ListTopics action$/,
          403,
        ),
      ),
      as: "onlooker",
    },
    {
      ...step(
        "not with a key that is gone",
        "ListTopics",
        {},
        refusal("InvalidClientTokenId", "The security token included in the request is invalid.", 403),
      ),
      as: "rehearsal",
    },
    {
      ...step(
        "a queue",
        "CreateQueue",
        { QueueName: "alerts", Attributes: { Policy: toQueue } },
        {
          answer: { QueueUrl: /\/222222222222\/alerts$/ },
        },
      ),
      call: "sqs:CreateQueue",
      keeps: { alerts: "QueueUrl" },
    },
    step(
      "a protocol that is none",
      "Subscribe",
      { TopicArn, Protocol: "pigeon", Endpoint: "loft" },
      invalid("Amazon SNS does not support this protocol string: pigeon"),
    ),
    step(
      "a queue that is none",
      "Subscribe",
      { TopicArn, Protocol: "sqs", Endpoint: "alerts" },
      invalid("SQS endpoint ARN"),
    ),
    step("nobody to send to", "Subscribe", { TopicArn, Protocol: "sqs" }, invalid("SQS endpoint ARN")),
    step(
      "a filter in a filter",
      "Subscribe",
      { TopicArn, Protocol: "sqs", Endpoint: queueArn, Attributes: { FilterPolicy: '{"detail":{"kind":["root"]}}' } },
      invalid("FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy"),
    ),
    step(
      "a protocol that is not modelled, by name",
      "Subscribe",
      { TopicArn, Protocol: "sms", Endpoint: "+15550100" },
      refusal("NotImplemented", /sms/, 501),
    ),
    {
      ...step(
        "the queue listens",
        "Subscribe",
        { TopicArn, Protocol: "sqs", Endpoint: queueArn, Attributes: { RawMessageDelivery: "true" } },
        {
          answer: { SubscriptionArn: /^arn:aws:sns:ap-northeast-2:222222222222:alerts:[0-9a-f-]{36}$/ },
        },
      ),
      keeps: { subscription: "SubscriptionArn" },
    },
    step(
      "somebody who has to say yes first",
      "Subscribe",
      { TopicArn, Protocol: "email", Endpoint: "security@example.com" },
      {
        answer: { SubscriptionArn: "pending confirmation" },
      },
    ),
    step("a token that is none", "ConfirmSubscription", { TopicArn, Token: "none" }, invalid("Token")),
    step(
      "both are listed",
      "ListSubscriptionsByTopic",
      { TopicArn },
      {
        answer: {
          Subscriptions: [
            {
              SubscriptionArn: "{{subscription}}",
              Owner: "222222222222",
              Protocol: "sqs",
              Endpoint: queueArn,
              TopicArn,
            },
            { SubscriptionArn: "PendingConfirmation", Protocol: "email" },
          ],
          NextToken: absent,
        },
      },
    ),
    step(
      "its attributes",
      "GetSubscriptionAttributes",
      { SubscriptionArn: "{{subscription}}" },
      {
        answer: {
          Attributes: {
            RawMessageDelivery: "true",
            PendingConfirmation: "false",
            SubscriptionPrincipal: administrator,
          },
        },
      },
    ),
    step(
      "no subscription of that name",
      "GetSubscriptionAttributes",
      { SubscriptionArn: `${TopicArn}:none` },
      refusal("NotFound", "Subscription does not exist", 404),
    ),
    step("an empty message", "Publish", { TopicArn, Message: "" }, invalid("Empty message")),
    step(
      "a message to nobody",
      "Publish",
      { Message: "glass broken" },
      invalid("TopicArn or TargetArn Reason: no value for required parameter"),
    ),
    step(
      "a message for each protocol, without the usual one",
      "Publish",
      { TopicArn, Message: '{"sqs":"glass"}', MessageStructure: "json" },
      invalid("Message Structure - No default entry in JSON message body"),
    ),
    step(
      "a telephone, by name",
      "Publish",
      { PhoneNumber: "+15550100", Message: "glass broken" },
      refusal("NotImplemented", /PhoneNumber/, 501),
    ),
    { ...step("the key is disabled", "DisableKey", { KeyId: "{{key}}" }, { answer: {} }), call: "kms:DisableKey" },
    step("and nothing is published", "Publish", { TopicArn, Message: "glass broken" }, refusal("KMSDisabled", /./)),
    { ...step("the key is enabled", "EnableKey", { KeyId: "{{key}}" }, { answer: {} }), call: "kms:EnableKey" },
    step(
      "a message",
      "Publish",
      {
        TopicArn,
        Message: "유리를 깼다",
        Subject: "rehearsal",
        MessageAttributes: { kind: { DataType: "String", StringValue: "drill" } },
      },
      { answer: { MessageId: /^[0-9a-f-]{36}$/, SequenceNumber: absent } },
    ),
    {
      ...step(
        "which arrives as it is",
        "ReceiveMessage",
        { QueueUrl: "{{alerts}}", MessageAttributeNames: ["All"] },
        {
          answer: {
            Messages: [
              { Body: "유리를 깼다", MessageAttributes: { kind: { StringValue: "drill", DataType: "String" } } },
            ],
          },
        },
      ),
      call: "sqs:ReceiveMessage",
      eventually: true,
      keeps: { alert: "Messages.0.ReceiptHandle" },
    },
    {
      ...step(
        "and is deleted",
        "DeleteMessage",
        { QueueUrl: "{{alerts}}", ReceiptHandle: "{{alert}}" },
        { answer: {} },
      ),
      call: "sqs:DeleteMessage",
    },
    step(
      "what is not modelled, by name",
      "ListPhoneNumbersOptedOut",
      {},
      refusal("NotImplemented", "sns:ListPhoneNumbersOptedOut is not modelled by the sandbox organization.", 501),
    ),
  ],
};

function step(says: string, operation: string, input: NonNullable<Step["input"]>, expects: Step["expects"]): Step {
  return { says, as: "audit", call: `sns:${operation}`, input, expects };
}

function invalid(what: string): { readonly refusal: ExpectedRefusal } {
  return refusal("InvalidParameter", `Invalid parameter: ${what}`);
}

function refusal(code: string, message: string | RegExp, status = 400): { readonly refusal: ExpectedRefusal } {
  return { refusal: { code, message, status } };
}

function allow(Principal: object, Action: string, Resource: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Resource }] });
}
