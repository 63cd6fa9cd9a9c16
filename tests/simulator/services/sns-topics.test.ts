import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { refusalOf } from "../refusal.ts";
import { type AlertsTopic, openAlertsTopic, TopicArn } from "./alerts-topic.ts";

const { audit, orders } = sandboxAccounts;

describe("SNS topics", () => {
  let topic: AlertsTopic;
  beforeEach(async () => {
    topic = await openAlertsTopic();
  });
  afterEach(() => topic.close());

  it("are made again with the same attributes, refused with others", async () => {
    const make = (DisplayName: string): Promise<unknown> =>
      topic.sns.send(new CreateTopicCommand({ Name: "shown", Attributes: { DisplayName } }));
    await make("Alerts");
    await make("Alerts");
    expect(await refusalOf(make("Other"))).to.include({
      code: "InvalidParameterException",
      message: "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
      status: 400,
    });
  });

  it("start with the policy of their owner's account, which an empty policy brings back", async () => {
    const { Policy = "", ...others } = await topic.attributesOf();
    expect(JSON.parse(Policy)).to.deep.include({ Version: "2008-10-17", Id: "__default_policy_ID" });
    expect(others).to.include({ TopicArn, Owner: audit, SubscriptionsConfirmed: "0", DisplayName: "" });
    await topic.set("Policy", Policy.replace("SNS:Publish", "SNS:Subscribe"));
    await topic.set("Policy");
    expect((await topic.attributesOf())["Policy"]).to.equal(Policy);
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
      expect(await refusalOf(topic.set(name, value)), name).to.include({ code: "InvalidParameterException" });
    }
    expect(await refusalOf(topic.set("DeliveryPolicy", "{}"))).to.include({ status: 501 });
    const fifo = topic.sns.send(new CreateTopicCommand({ Name: "x.fifo", Attributes: { FifoTopic: "true" } }));
    expect(await refusalOf(fifo)).to.include({ status: 501 });
  });

  it("are listed in their own Region, tagged, and gone when deleted", async () => {
    const list = async (by = topic.sns) => (await by.send(new ListTopicsCommand({}))).Topics;
    expect(await list()).to.deep.equal([{ TopicArn }]);
    expect(await list(topic.client("audit", "us-east-1"))).to.deep.equal([]);
    const ResourceArn = TopicArn;
    await topic.sns.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "2" },
        ],
      }),
    );
    await topic.sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["a"] }));
    expect((await topic.sns.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).to.deep.equal([
      { Key: "b", Value: "2" },
    ]);
    await topic.sns.send(new DeleteTopicCommand({ TopicArn }));
    await topic.sns.send(new DeleteTopicCommand({ TopicArn }));
    expect(await refusalOf(topic.attributesOf())).to.include({
      code: "NotFoundException",
      message: "Topic does not exist",
      status: 404,
    });
  });

  it("are bound by their policy: another account's administrator is denied until it names the account", async () => {
    expect(await refusalOf(topic.publish({}, topic.client("orders")))).to.include({
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
    await topic.set("Policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
    expect((await topic.publish({}, topic.client("orders"))).MessageId).to.be.a("string");
  });
});
