import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  type PublishCommandInput,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator } from "../clients.ts";

const { audit } = sandboxAccounts;

export const TopicArn = `arn:aws:sns:ap-northeast-2:${audit}:alerts`;

/** The queue `inbox` of an account. */
export const queueArn = (account: string): string => `arn:aws:sqs:ap-northeast-2:${account}:inbox`;

/** A sandbox organization whose audit account has the topic `alerts`. */
export interface AlertsTopic {
  readonly sandbox: SandboxOrganization;
  readonly sns: SNSClient;
  readonly client: (account: AccountName, region?: string) => SNSClient;
  readonly attributesOf: () => Promise<Record<string, string>>;
  readonly set: (name: string, value?: string) => Promise<unknown>;
  readonly publish: (
    input?: Partial<PublishCommandInput>,
    by?: SNSClient,
  ) => Promise<{ readonly MessageId?: string | undefined }>;
  /** Makes the queue that the topic may send to; what comes back receives from it. */
  readonly queue: (account?: "audit" | "orders") => Promise<() => Promise<readonly Message[]>>;
  /** Subscribes the queue; the subscription's ARN. */
  readonly subscribe: (attributes?: Record<string, string>, endpoint?: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openAlertsTopic(): Promise<AlertsTopic> {
  const sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
  const client = (account: AccountName, region?: string): SNSClient =>
    new SNSClient(administrator(sandbox, account, region));
  const sns = client("audit");
  await sns.send(new CreateTopicCommand({ Name: "alerts" }));
  return {
    sandbox,
    sns,
    client,
    attributesOf: async () => (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {},
    set: (AttributeName, AttributeValue) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue })),
    publish: (input = {}, by = sns) => by.send(new PublishCommand({ TopicArn, Message: "glass broken", ...input })),
    queue: (account = "audit") => openQueue(sandbox, account),
    subscribe: async (Attributes = {}, Endpoint = queueArn(audit)) => {
      const input = { TopicArn, Protocol: "sqs", Endpoint, Attributes, ReturnSubscriptionArn: true };
      return (await sns.send(new SubscribeCommand(input))).SubscriptionArn ?? "";
    },
    close: () => sandbox.close(),
  };
}

async function openQueue(
  sandbox: SandboxOrganization,
  account: "audit" | "orders",
): Promise<() => Promise<readonly Message[]>> {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn(sandboxAccounts[account]),
    Condition: { ArnEquals: { "aws:SourceArn": TopicArn }, StringEquals: { "aws:SourceAccount": audit } },
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const sqs = new SQSClient(administrator(sandbox, account));
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox", Attributes: { Policy } }));
  return async () => {
    const request = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    return (await sqs.send(new ReceiveMessageCommand(request))).Messages ?? [];
  };
}
