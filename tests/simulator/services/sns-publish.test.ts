import { createVerify } from "node:crypto";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  type MessageAttributeValue,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { signingKey } from "../../../simulator/delivery/envelope-signature.ts";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { type AlertsTopic, openAlertsTopic, queueArn, TopicArn } from "./alerts-topic.ts";

const { audit } = sandboxAccounts;

describe("SNS publishing", () => {
  let topic: AlertsTopic;
  beforeEach(async () => {
    topic = await openAlertsTopic();
  });
  afterEach(() => topic.close());

  it("wraps a message for a queue in an envelope that is signed", async () => {
    const receive = await topic.queue();
    await topic.subscribe();
    const { MessageId } = await topic.publish({
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
    const receive = await topic.queue();
    const SubscriptionArn = await topic.subscribe();
    await topic.sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: "RawMessageDelivery",
        AttributeValue: "true",
      }),
    );
    await topic.publish({ MessageAttributes: { n: { DataType: "Number", StringValue: "7" } } });
    const [message] = await receive();
    expect(message?.Body).to.equal("glass broken");
    expect(message?.MessageAttributes).to.deep.equal({ n: { DataType: "Number", StringValue: "7" } });
  });

  it("filters by attributes or by the body", async () => {
    const receive = await topic.queue();
    const SubscriptionArn = await topic.subscribe({
      FilterPolicy: '{"task":[{"prefix":"S3"}],"level":[{"numeric":[">",3]}]}',
      RawMessageDelivery: "true",
    });
    const attributes = (task: string, level: string): PublishCommandInput["MessageAttributes"] => ({
      task: { DataType: "String.Array", StringValue: `["${task}","x"]` },
      level: { DataType: "Number", StringValue: level },
    });
    await topic.publish({ Message: "one", MessageAttributes: attributes("SQS", "4") });
    await topic.publish({ Message: "two", MessageAttributes: attributes("S3", "4") });
    await topic.publish({ Message: "three", MessageAttributes: attributes("S3", "3") });
    expect((await receive()).map(({ Body }) => Body)).to.deep.equal(["two"]);
    const setAttribute = (AttributeName: string, AttributeValue: string): Promise<unknown> =>
      topic.sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
    await setAttribute("FilterPolicyScope", "MessageBody");
    await setAttribute("FilterPolicy", '{"task":["S3"]}');
    await topic.publish({ Message: '{"task":"S3"}' });
    await topic.publish({ Message: '{"task":"SQS"}' });
    await topic.publish({ Message: "no JSON" });
    expect((await receive()).map(({ Body }) => Body)).to.deep.equal(['{"task":"S3"}']);
    await setAttribute("FilterPolicy", '{"detail":{"task":["S3"]}}');
    await setAttribute("FilterPolicy", '{"task":["S3"]}');
    await setAttribute("FilterPolicyScope", "MessageAttributes");
    expect((await refusalOf(setAttribute("FilterPolicy", '{"detail":{"task":["S3"]}}'))).message).to.equal(
      "Invalid parameter: FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy",
    );
    await setAttribute("FilterPolicy", '{"$or":[{"task":["S3"]},{"level":[{"exists":false}]}]}');
    expect((await refusalOf(setAttribute("FilterPolicy", '{"a":[{"like":1}]}'))).message).to.equal(
      "Invalid parameter: FilterPolicy: Unrecognized match type like",
    );
  });

  const text = { DataType: "String", StringValue: "x" };
  const wrongAttributes: readonly (readonly [name: string, attribute: MessageAttributeValue, message: string])[] = [
    ["", text, "Length of message attribute name"],
    [".a", text, "name starting with character '.' was found"],
    ["a.", text, "name ending with character '.' was found"],
    ["a..b", text, "can not have successive '.' character"],
    ["a b", text, "Invalid non-alphanumeric character '#x20' was found"],
    ["AWS.a", text, "prefix reserved for AWS"],
    ["amazon.a", text, "prefix reserved for AWS"],
    ["a", { DataType: "Text", StringValue: "x" }, "invalid message attribute type"],
    ["a", { DataType: "Binary", StringValue: "x" }, "for message attribute type 'Binary'"],
    ["a", { DataType: "Number", StringValue: "seven" }, "Could not cast message attribute 'a' value to number."],
    ["a", { DataType: "Number", StringValue: "0x7" }, "Could not cast message attribute 'a' value to number."],
  ];
  for (const [name, attribute, message] of wrongAttributes) {
    it(`refuses the attribute "${name}" of ${JSON.stringify(attribute)}`, async () => {
      const refused = await refusalOf(topic.publish({ MessageAttributes: { [name]: attribute } }));
      expect(refused).to.include({ code: "InvalidParameterValueException", status: 400 });
      expect(refused.message).to.contain(message);
    });
  }

  it("says something else to each protocol with a JSON structure", async () => {
    const receive = await topic.queue();
    await topic.subscribe({ RawMessageDelivery: "true" });
    await topic.publish({ MessageStructure: "json", Message: '{"default":"d","sqs":"for queues"}' });
    expect((await receive()).map(({ Body }) => Body)).to.deep.equal(["for queues"]);
    const none = topic.publish({ MessageStructure: "json", Message: '{"sqs":"x"}' });
    expect((await refusalOf(none)).message).to.contain("No default entry in JSON message body");
  });

  it("fails at a queue whose policy does not let SNS in, and says why in the state", async () => {
    const sqs = new SQSClient(administrator(topic.sandbox, "audit"));
    await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
    await topic.subscribe();
    await topic.publish();
    expect(topic.sandbox.state.undelivered.map(({ from, to, reason }) => [from, to, reason])).to.deep.equal([
      [
        TopicArn,
        queueArn(audit),
        `sns.amazonaws.com may not sqs:SendMessage on ${queueArn(audit)}: no resource-based policy allows it.`,
      ],
    ]);
  });

  it("refuses a publisher whom the topic's key does not let in, or a key that is off", async () => {
    const kms = new KMSClient(administrator(topic.sandbox, "audit"));
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
    await topic.set("KmsMasterKeyId", denying?.Arn);
    expect(await refusalOf(topic.publish())).to.include({ code: "KMSAccessDeniedException", status: 400 });
    await topic.set("KmsMasterKeyId", plain?.KeyId);
    await topic.publish();
    await kms.send(new DisableKeyCommand({ KeyId: plain?.KeyId ?? "" }));
    expect(await refusalOf(topic.publish())).to.include({ code: "KMSDisabledException" });
    await topic.set("KmsMasterKeyId", "alias/missing");
    expect(await refusalOf(topic.publish())).to.include({ code: "KMSNotFoundException" });
    await topic.set("KmsMasterKeyId", "alias/aws/sns");
    await topic.publish();
  });

  it("refuses what is no message, and telephones by name", async () => {
    expect(await refusalOf(topic.publish({ Message: "" }))).to.include({ message: "Invalid parameter: Empty message" });
    expect(await refusalOf(topic.publish({ Subject: "a\nb" }))).to.include({ message: "Invalid parameter: Subject" });
    expect(await refusalOf(topic.publish({ PhoneNumber: "+10000000000" }))).to.include({ status: 501 });
  });
});
