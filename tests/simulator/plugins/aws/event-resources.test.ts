import { expect } from "chai";
import { rejection } from "../rejection.ts";
import { type SandboxedProvider, startSandboxedProvider, textOf } from "./sandboxed-provider.ts";

const rule = "aws:cloudwatch/eventRule:EventRule";
const target = "aws:cloudwatch/eventTarget:EventTarget";
const topic = "aws:sns/topic:Topic";
const eventPattern = JSON.stringify({ source: ["aws.sts"], detail: { eventName: ["AssumeRoot"] } }, undefined, 2);

describe("event rules of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("orders");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("are enabled unless the program says how, keep the pattern's form, and read back the same", async () => {
    const calls = await aws.callsDuring(async () => {
      const created = await aws.create(rule, { eventPattern, tags: { a: "1" } });
      expect(created.state).to.deep.include({
        arn: `arn:aws:events:ap-northeast-2:333333333333:rule/${created.id}`,
        eventPattern,
        eventBusName: "default",
        state: "ENABLED",
        isEnabled: true,
        tagsAll: { a: "1" },
      });
      expect((await aws.read(rule, created))?.state).to.deep.equal(created.state);
    });
    expect(calls.slice(0, 4)).to.deep.equal(["PutRule", "DescribeRule", "DescribeRule", "ListTagsForResource"]);
  });

  it("see the management events that are read only when their state says so, in the Region that is named", async () => {
    const state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    const created = await aws.create(rule, { name: "root", eventPattern, state, region: "eu-west-1" });
    expect(created.state).to.include({ state, isEnabled: true, region: "eu-west-1" });
    expect([...aws.organization.state.eventRules.keys()]).to.deep.equal([
      "arn:aws:events:eu-west-1:333333333333:rule/root",
    ]);
    expect(
      await aws.update(rule, created, { name: "root", eventPattern, state: "DISABLED", region: "eu-west-1" }),
    ).to.include({ state: "DISABLED", isEnabled: false });
  });

  it("are updated, after their tags, and gone when deleted", async () => {
    const created = await aws.create(rule, { name: "root", eventPattern, tags: { old: "1" } });
    const calls = await aws.callsDuring(async () => {
      const state = await aws.update(rule, created, {
        name: "root",
        eventPattern,
        description: "d",
        tags: { new: "2" },
      });
      expect(state).to.deep.include({ description: "d", tags: { new: "2" } });
    });
    expect(calls.filter((name) => !/^(Describe|List)/.test(name))).to.deep.equal([
      "UntagResource",
      "TagResource",
      "PutRule",
    ]);
    await aws.provider.delete({ type: rule, ...created });
    expect(await aws.read(rule, created)).to.equal(undefined);
    await aws.provider.delete({ type: rule, ...created });
  });

  it("fail for a pattern that EventBridge does not take", async () => {
    const error = await rejection(aws.create(rule, { eventPattern: '{"source":"aws.sts"}' }));
    expect(error.message).to.match(/creating EventBridge Rule .*InvalidEventPatternException/);
  });

  it("send to targets, changed in place, and are not deleted before them", async () => {
    const created = await aws.create(rule, { name: "root", eventPattern });
    const { id: arn } = await aws.create(topic, { name: "alerts" });
    const inputs = { rule: "root", targetId: "topic", arn };
    const sent = await aws.create(target, inputs);
    expect(sent).to.deep.include({ id: "root-topic" });
    expect(sent.state).to.include(inputs);
    const inputTransformer = { inputPaths: { who: "$.detail.userIdentity.arn" }, inputTemplate: '"<who> is root"' };
    const changed = await aws.update(target, sent, { ...inputs, inputTransformer });
    expect(changed["inputTransformer"]).to.deep.equal(inputTransformer);
    expect(await aws.read(target, { ...sent, state: changed })).to.deep.include({ state: changed });
    const early = await rejection(aws.provider.delete({ type: rule, ...created }));
    expect(early.message).to.match(/deleting EventBridge Rule \(root\).*Rule can't be deleted since it has targets/);
    await aws.provider.delete({ type: target, ...sent });
    expect(await aws.read(target, sent)).to.equal(undefined);
    await aws.provider.delete({ type: target, ...sent });
    await aws.provider.delete({ type: rule, ...created });
    expect(await aws.read(target, sent)).to.equal(undefined);
    await aws.provider.delete({ type: target, ...sent });
  }).timeout(15_000);

  it("are imported from the Region that stands after the id, or from the provider's", async () => {
    const region = "eu-west-1";
    const made = await aws.create(rule, { name: "far", eventPattern, region });
    const imported = await aws.provider.read({ type: rule, id: `far@${region}`, inputs: {}, state: {} });
    expect(imported).to.deep.include({ id: made.id });
    expect(imported?.inputs).to.include({ name: "far", region });
    expect(await aws.provider.read({ type: rule, id: "far", inputs: {}, state: {} })).to.equal(undefined);
  });

  it("have targets that an import names with slashes", async () => {
    await aws.create(rule, { name: "root", eventPattern });
    const { state } = await aws.create(topic, { name: "alerts" });
    const sent = await aws.create(target, { rule: "root", targetId: "t-1", arn: textOf(state, "arn") });
    const imported = await aws.provider.read({ type: target, id: "root/t-1", inputs: {}, state: {} });
    expect(imported?.id).to.equal(sent.id);
    expect(imported?.inputs).to.include({ rule: "root", targetId: "t-1", arn: textOf(state, "arn") });
    const bad = await rejection(aws.provider.read({ type: target, id: "root-t-1", inputs: {}, state: {} }));
    expect(bad.message).to.include("unexpected format for ID (root-t-1)");
  });

  it("fail for a target in another Region", async () => {
    await aws.create(rule, { name: "root", eventPattern });
    const arn = "arn:aws:sns:us-east-1:333333333333:alerts";
    const error = await rejection(aws.create(target, { rule: "root", arn }));
    expect(error.message).to.match(/creating EventBridge Target .*ValidationException/);
  });
});
