import { expect } from "chai";
import { rejection } from "../rejection.ts";
import { type SandboxedProvider, startSandboxedProvider, textOf } from "./sandboxed-provider.ts";

const topic = "aws:sns/topic:Topic";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
const subscription = "aws:sns/topicSubscription:TopicSubscription";
const queue = "aws:sqs/queue:Queue";

describe("topics of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("orders");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("are created bare, then given their attributes, and read back the same", async () => {
    const calls = await aws.callsDuring(async () => {
      const created = await aws.create(topic, { displayName: "Alerts", signatureVersion: 2, tags: { a: "1" } });
      expect(created.state).to.deep.include({
        arn: created.id,
        displayName: "Alerts",
        signatureVersion: 2,
        owner: "333333333333",
        region: "ap-northeast-2",
        tagsAll: { a: "1" },
      });
      expect(textOf(created.state, "policy")).to.include("__default_policy_ID");
      expect((await aws.read(topic, created))?.state).to.deep.equal(created.state);
    });
    expect(calls.slice(0, 7)).to.deep.equal([
      "GetCallerIdentity",
      "GetTopicAttributes",
      "CreateTopic",
      "SetTopicAttributes",
      "SetTopicAttributes",
      "GetTopicAttributes",
      "ListTagsForResource",
    ]);
  });

  it("are in the Region that the program names", async () => {
    const created = await aws.create(topic, { name: "alerts", region: "eu-west-1" });
    expect(created.id).to.equal("arn:aws:sns:eu-west-1:333333333333:alerts");
    expect((await aws.read(topic, created))?.state["region"]).to.equal("eu-west-1");
  });

  it("are not created a second time", async () => {
    await aws.create(topic, { name: "alerts" });
    const error = await rejection(aws.create(topic, { name: "alerts" }));
    expect(error.message).to.include("SNS Topic (alerts) already exists");
  });

  it("are updated in what has changed and gone when deleted", async () => {
    const created = await aws.create(topic, { name: "alerts", displayName: "One", tags: { old: "1" } });
    const calls = await aws.callsDuring(async () => {
      const state = await aws.update(topic, created, { name: "alerts", displayName: "Two", tags: { new: "2" } });
      expect(state).to.deep.include({ displayName: "Two", tags: { new: "2" } });
    });
    expect(calls).to.deep.equal([
      "UntagResource",
      "TagResource",
      "SetTopicAttributes",
      "GetTopicAttributes",
      "ListTagsForResource",
    ]);
    await aws.provider.delete({ type: topic, ...created });
    expect(await aws.read(topic, created)).to.equal(undefined);
    await aws.provider.delete({ type: topic, ...created });
  });

  it("get a policy, in whose place the starting one comes back", async () => {
    const { id: arn, state } = await aws.create(topic, { name: "alerts" });
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: arn },
      ],
    });
    const created = await aws.create(topicPolicy, { arn, policy });
    expect(created.state).to.deep.equal({ arn, policy, owner: "333333333333", region: "ap-northeast-2" });
    await aws.provider.delete({ type: topicPolicy, ...created });
    const left = await aws.read(topic, { id: arn, state });
    expect(textOf(left?.state ?? {}, "policy")).to.include("__default_policy_ID");
    await aws.provider.delete({ type: topic, id: arn, state });
    await aws.provider.delete({ type: topicPolicy, ...created });
    expect(await aws.read(topicPolicy, created)).to.equal(undefined);
  });

  it("deliver to a queue of the same account, subscribed at once", async () => {
    const { id: topicArn } = await aws.create(topic, { name: "alerts" });
    const { state } = await aws.create(queue, {});
    const inputs = { topic: topicArn, protocol: "sqs", endpoint: textOf(state, "arn") };
    const created = await aws.create(subscription, inputs);
    expect(created.state).to.include({ ...inputs, pendingConfirmation: false, ownerId: "333333333333" });
    const filterPolicy = '{ "kind": ["alert"] }';
    const changed = await aws.update(subscription, created, { ...inputs, filterPolicy, rawMessageDelivery: true });
    expect(changed).to.include({ filterPolicy, filterPolicyScope: "MessageAttributes", rawMessageDelivery: true });
    const cleared = await aws.update(subscription, { id: created.id, state: changed }, inputs);
    expect(cleared).to.include({ rawMessageDelivery: false }).and.not.have.property("filterPolicy");
    await aws.provider.delete({ type: subscription, ...created });
    expect(await aws.read(subscription, created)).to.equal(undefined);
    await aws.provider.delete({ type: subscription, ...created });
  });

  it("wait for nobody to confirm an e-mail address, which is then left behind", async () => {
    const { id: topicArn } = await aws.create(topic, { name: "alerts" });
    const inputs = { topic: topicArn, protocol: "email", endpoint: "security@example.com" };
    const created = await aws.create(subscription, inputs);
    expect(created.state).to.include({ pendingConfirmation: true });
    await aws.provider.delete({ type: subscription, ...created });
    expect(await aws.read(subscription, created)).not.to.equal(undefined);
  });
});
