import { createVerify } from "node:crypto";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { signingKey } from "../../../simulator/delivery/envelope-signature.ts";
import { type AccountName, administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { audit, orders } = sandboxAccounts;
const TopicArn = `arn:aws:sns:ap-northeast-2:${audit}:alerts`;
const queueArn = (account: string): string => `arn:aws:sqs:ap-northeast-2:${account}:inbox`;

describe("SNS", () => {
  let sandbox: SandboxOrganization;
  let sns: SNSClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    sns = client("audit");
    await sns.send(new CreateTopicCommand({ Name: "alerts" }));
  });

  afterEach(() => sandbox.close());

  const client = (account: AccountName, region?: string): SNSClient =>
    new SNSClient(administrator(sandbox, account, region));
  const attributesOf = async (): Promise<Record<string, string>> =>
    (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
  const set = (AttributeName: string, AttributeValue?: string): Promise<unknown> =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
  const publish = (input: Partial<PublishCommandInput> = {}, by = sns): Promise<{ MessageId?: string | undefined }> =>
    by.send(new PublishCommand({ TopicArn, Message: "glass broken", ...input }));

  /** A queue that lets the topic send. */
  const queue = async (account: "audit" | "orders" = "audit", attributes: Record<string, string> = {}) => {
    const statement = {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn(sandboxAccounts[account]),
      Condition: { ArnEquals: { "aws:SourceArn": TopicArn }, StringEquals: { "aws:SourceAccount": audit } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const sqs = new SQSClient(administrator(sandbox, account));
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: "inbox", Attributes: { Policy, ...attributes } }),
    );
    return async (): Promise<Message[]> => {
      const request = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
      return (await sqs.send(new ReceiveMessageCommand(request))).Messages ?? [];
    };
  };
  const subscribe = async (Attributes: Record<string, string> = {}, Endpoint = queueArn(audit)): Promise<string> => {
    const input = { TopicArn, Protocol: "sqs", Endpoint, Attributes, ReturnSubscriptionArn: true };
    return (await sns.send(new SubscribeCommand(input))).SubscriptionArn ?? "";
  };

  describe("topics", () => {
    it("are made again with the same attributes, refused with others", async () => {
      const make = (DisplayName: string): Promise<unknown> =>
        sns.send(new CreateTopicCommand({ Name: "shown", Attributes: { DisplayName } }));
      await make("Alerts");
      await make("Alerts");
      expect(await refusalOf(make("Other"))).to.include({
        code: "InvalidParameterException",
        message: "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
        status: 400,
      });
    });

    it("start with the policy of their owner's account, which an empty policy brings back", async () => {
      const { Policy = "", ...others } = await attributesOf();
      expect(JSON.parse(Policy)).to.deep.include({ Version: "2008-10-17", Id: "__default_policy_ID" });
      expect(others).to.include({ TopicArn, Owner: audit, SubscriptionsConfirmed: "0", DisplayName: "" });
      await set("Policy", Policy.replace("SNS:Publish", "SNS:Subscribe"));
      await set("Policy");
      expect((await attributesOf())["Policy"]).to.equal(Policy);
    });

    it("refuse bad attributes, and by name what is not modelled", async () => {
      for (const [name, value] of [
        ["Colour", "blue"],
        ["SignatureVersion", "3"],
        ["Policy", "{"],
        [
          "Policy",
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}',
        ],
      ] as const) {
        expect(await refusalOf(set(name, value)), name).to.include({ code: "InvalidParameterException" });
      }
      expect(await refusalOf(set("DeliveryPolicy", "{}"))).to.include({ status: 501 });
      const fifo = sns.send(new CreateTopicCommand({ Name: "x.fifo", Attributes: { FifoTopic: "true" } }));
      expect(await refusalOf(fifo)).to.include({ status: 501 });
    });

    it("are listed in their own Region, tagged, and gone when deleted", async () => {
      const list = async (by = sns) => (await by.send(new ListTopicsCommand({}))).Topics;
      expect(await list()).to.deep.equal([{ TopicArn }]);
      expect(await list(client("audit", "us-east-1"))).to.deep.equal([]);
      const ResourceArn = TopicArn;
      await sns.send(
        new TagResourceCommand({
          ResourceArn,
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "b", Value: "2" },
          ],
        }),
      );
      await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["a"] }));
      expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).to.deep.equal([
        { Key: "b", Value: "2" },
      ]);
      await sns.send(new DeleteTopicCommand({ TopicArn }));
      await sns.send(new DeleteTopicCommand({ TopicArn }));
      expect(await refusalOf(attributesOf())).to.include({
        code: "NotFoundException",
        message: "Topic does not exist",
        status: 404,
      });
    });

    it("are bound by their policy: another account's administrator is denied until it names the account", async () => {
      expect(await refusalOf(publish({}, client("orders")))).to.include({
        code: "AuthorizationErrorException",
        message: `User: arn:aws:iam::${orders}:user/administrator is not authorized to perform: SNS:Publish on resource: ${TopicArn} because no resource-based policy allows the SNS:Publish action`,
        status: 403,
      });
      const statement = {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${orders}:root` },
        Action: "sns:Publish",
        Resource: TopicArn,
      };
      await set("Policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
      expect((await publish({}, client("orders"))).MessageId).to.be.a("string");
    });
  });

  describe("publishing", () => {
    it("wraps a message for a queue in an envelope that is signed", async () => {
      const receive = await queue();
      await subscribe();
      const { MessageId } = await publish({
        Subject: "Alert",
        MessageAttributes: { task: { DataType: "String", StringValue: "S3UnlockBucketPolicy" } },
      });
      const [message] = await receive();
      const envelope = JSON.parse(message?.Body ?? "") as Record<string, string>;
      expect(envelope).to.deep.include({
        Type: "Notification",
        MessageId,
        TopicArn,
        Subject: "Alert",
        Message: "glass broken",
        SignatureVersion: "1",
        MessageAttributes: { task: { Type: "String", Value: "S3UnlockBucketPolicy" } },
      });
      expect(message?.MessageAttributes).to.equal(undefined);
      const signed = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
      const text = signed.map((name) => `${name}\n${envelope[name] ?? ""}\n`).join("");
      const verify = (content: string): boolean =>
        createVerify("RSA-SHA1")
          .update(content)
          .verify(signingKey(), envelope["Signature"] ?? "", "base64");
      expect(verify(text)).to.equal(true);
      expect(verify(`${text}x`)).to.equal(false);
    });

    it("delivers raw where the subscription asks for it, attributes with it", async () => {
      const receive = await queue();
      const SubscriptionArn = await subscribe();
      await sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn,
          AttributeName: "RawMessageDelivery",
          AttributeValue: "true",
        }),
      );
      await publish({ MessageAttributes: { n: { DataType: "Number", StringValue: "7" } } });
      const [message] = await receive();
      expect(message?.Body).to.equal("glass broken");
      expect(message?.MessageAttributes).to.deep.equal({ n: { DataType: "Number", StringValue: "7" } });
    });

    it("filters by attributes or by the body", async () => {
      const receive = await queue();
      const SubscriptionArn = await subscribe({
        FilterPolicy: '{"task":[{"prefix":"S3"}],"level":[{"numeric":[">",3]}]}',
        RawMessageDelivery: "true",
      });
      const attributes = (task: string, level: string): PublishCommandInput["MessageAttributes"] => ({
        task: { DataType: "String.Array", StringValue: `["${task}","x"]` },
        level: { DataType: "Number", StringValue: level },
      });
      await publish({ Message: "one", MessageAttributes: attributes("SQS", "4") });
      await publish({ Message: "two", MessageAttributes: attributes("S3", "4") });
      await publish({ Message: "three", MessageAttributes: attributes("S3", "3") });
      expect((await receive()).map(({ Body }) => Body)).to.deep.equal(["two"]);
      const setAttribute = (AttributeName: string, AttributeValue: string): Promise<unknown> =>
        sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
      await setAttribute("FilterPolicyScope", "MessageBody");
      await setAttribute("FilterPolicy", '{"task":["S3"]}');
      await publish({ Message: '{"task":"S3"}' });
      await publish({ Message: '{"task":"SQS"}' });
      await publish({ Message: "no JSON" });
      expect((await receive()).map(({ Body }) => Body)).to.deep.equal(['{"task":"S3"}']);
      expect((await refusalOf(setAttribute("FilterPolicy", '{"a":[{"like":1}]}'))).message).to.equal(
        "Invalid parameter: FilterPolicy: Unrecognized match type like",
      );
    });

    it("says something else to each protocol with a JSON structure", async () => {
      const receive = await queue();
      await subscribe({ RawMessageDelivery: "true" });
      await publish({ MessageStructure: "json", Message: '{"default":"d","sqs":"for queues"}' });
      expect((await receive()).map(({ Body }) => Body)).to.deep.equal(["for queues"]);
      const none = publish({ MessageStructure: "json", Message: '{"sqs":"x"}' });
      expect((await refusalOf(none)).message).to.contain("No default entry in JSON message body");
    });

    it("fails at a queue whose policy does not let SNS in, and says why in the state", async () => {
      const sqs = new SQSClient(administrator(sandbox, "audit"));
      await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
      await subscribe();
      await publish();
      expect(sandbox.state.undelivered.map(({ from, to, reason }) => [from, to, reason])).to.deep.equal([
        [
          TopicArn,
          queueArn(audit),
          `sns.amazonaws.com may not sqs:SendMessage on ${queueArn(audit)}: no resource-based policy allows it.`,
        ],
      ]);
    });

    it("refuses a publisher whom the topic's key does not let in, or a key that is off", async () => {
      const kms = new KMSClient(administrator(sandbox, "audit"));
      const owner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${audit}:root` }, Resource: "*" };
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { ...owner, Action: "kms:*" },
          {
            ...owner,
            Effect: "Deny",
            Action: "kms:GenerateDataKey",
            Condition: { StringEquals: { "kms:ViaService": "sns.ap-northeast-2.amazonaws.com" } },
          },
        ],
      });
      const { KeyMetadata: denying } = await kms.send(new CreateKeyCommand({ Policy }));
      const { KeyMetadata: plain } = await kms.send(new CreateKeyCommand({}));
      await set("KmsMasterKeyId", denying?.Arn);
      expect(await refusalOf(publish())).to.include({ code: "KMSAccessDeniedException", status: 400 });
      await set("KmsMasterKeyId", plain?.KeyId);
      await publish();
      await kms.send(new DisableKeyCommand({ KeyId: plain?.KeyId ?? "" }));
      expect(await refusalOf(publish())).to.include({ code: "KMSDisabledException" });
      await set("KmsMasterKeyId", "alias/missing");
      expect(await refusalOf(publish())).to.include({ code: "KMSNotFoundException" });
      await set("KmsMasterKeyId", "alias/aws/sns");
      await publish();
    });

    it("refuses what is no message, and telephones by name", async () => {
      expect(await refusalOf(publish({ Message: "" }))).to.include({ message: "Invalid parameter: Empty message" });
      expect(await refusalOf(publish({ Subject: "a\nb" }))).to.include({ message: "Invalid parameter: Subject" });
      expect(await refusalOf(publish({ PhoneNumber: "+10000000000" }))).to.include({ status: 501 });
    });
  });

  describe("subscriptions", () => {
    it("of an e-mail address wait for confirmation, and what would be sent can be read", async () => {
      const Endpoint = "security@example.com";
      const input = { TopicArn, Protocol: "email", Endpoint };
      expect((await sns.send(new SubscribeCommand(input))).SubscriptionArn).to.equal("pending confirmation");
      const list = async () => (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;
      expect(await list()).to.deep.equal([
        { SubscriptionArn: "PendingConfirmation", Owner: audit, Protocol: "email", Endpoint, TopicArn },
      ]);
      await publish();
      const [mail, ...others] = sandbox.state.outbox;
      expect(others).to.deep.equal([]);
      const { Token = "" } = JSON.parse(mail?.body ?? "") as { Token?: string };
      const wrong = sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: "f00" }));
      expect(await refusalOf(wrong)).to.include({ message: "Invalid parameter: Token" });
      const guarded = new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: "true" });
      expect(await refusalOf(sns.send(guarded))).to.include({ status: 501 });
      const { SubscriptionArn } = await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
      await publish({ Subject: "Root session" });
      expect(sandbox.state.outbox[1]).to.include({ to: Endpoint, subject: "Root session", body: "glass broken" });
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      expect(await list()).to.deep.equal([]);
    });

    it("of another account's queue are confirmed with the token that the queue gets", async () => {
      const receive = await queue("orders");
      const SubscriptionArn = await subscribe({}, queueArn(orders));
      const pending = async () =>
        (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes?.["PendingConfirmation"];
      expect(await pending()).to.equal("true");
      const refusal = await refusalOf(sns.send(new UnsubscribeCommand({ SubscriptionArn })));
      expect(refusal.message).to.contain("pending confirmation");
      const [message] = await receive();
      const { Type, Token } = JSON.parse(message?.Body ?? "") as { Type?: string; Token?: string };
      expect(Type).to.equal("SubscriptionConfirmation");
      await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
      expect(await pending()).to.equal("false");
    });

    it("are the same when asked for twice, and show their attributes", async () => {
      await queue();
      const SubscriptionArn = await subscribe({ FilterPolicy: '{"a":["b"]}' });
      expect(await subscribe({ FilterPolicy: '{"a":["b"]}' })).to.equal(SubscriptionArn);
      expect(await refusalOf(subscribe({ FilterPolicy: '{"a":["c"]}' }))).to.include({
        code: "InvalidParameterException",
      });
      const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
      expect(Attributes).to.include({
        SubscriptionArn,
        PendingConfirmation: "false",
        FilterPolicyScope: "MessageAttributes",
        RawMessageDelivery: "false",
        SubscriptionPrincipal: `arn:aws:iam::${audit}:user/administrator`,
      });
      expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).to.have.length(1);
      expect(await attributesOf()).to.include({ SubscriptionsConfirmed: "1", SubscriptionsPending: "0" });
      const foreign = client("orders").send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
      expect(await refusalOf(foreign)).to.include({ code: "AuthorizationErrorException" });
    });

    it("refuse endpoints that are none, and by name what is not modelled", async () => {
      const ask = (Protocol: string, Endpoint: string): Promise<unknown> =>
        sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
      expect(await refusalOf(ask("email", "nobody"))).to.include({ message: "Invalid parameter: Email address" });
      expect(await refusalOf(ask("sqs", "inbox"))).to.include({ message: "Invalid parameter: SQS endpoint ARN" });
      expect(await refusalOf(ask("pigeon", "x"))).to.include({ code: "InvalidParameterException" });
      expect(await refusalOf(ask("https", "https://example.com"))).to.include({ status: 501 });
      const pending = sns.send(new UnsubscribeCommand({ SubscriptionArn: "PendingConfirmation" }));
      expect((await refusalOf(pending)).message).to.contain("An ARN must have at least 6 elements, not 1");
    });
  });
});
