import { expect } from "chai";
import { type SandboxedProvider, startSandboxedProvider, textOf } from "./sandboxed-provider.ts";

const key = "aws:kms/key:Key";
const alias = "aws:kms/alias:Alias";
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:root" }, Action: "kms:*", Resource: "*" },
  ],
});

describe("keys of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("orders");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("are created enabled, with their policy, rotation and tags, and read back the same", async () => {
    const created = await aws.create(key, { policy, enableKeyRotation: true, tags: { a: "1" } });
    expect(created.state).to.deep.include({
      keyId: created.id,
      policy,
      isEnabled: true,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      tagsAll: { a: "1" },
      region: "ap-northeast-2",
    });
    expect((await aws.read(key, created))?.state).to.deep.equal(created.state);
  });

  it("are changed while they are enabled, and gone from the moment that their deletion is scheduled", async () => {
    const created = await aws.create(key, { tags: { old: "1" } });
    const inputs = { description: "d", enableKeyRotation: true, policy, isEnabled: false, tags: { new: "2" } };
    const calls = await aws.callsDuring(async () => {
      const state = await aws.update(key, created, inputs);
      expect(state).to.deep.include(inputs);
      const again = await aws.update(key, { id: created.id, state }, { ...inputs, isEnabled: true, description: "e" });
      expect(again).to.deep.include({ isEnabled: true, description: "e" });
    });
    expect(calls.filter((name) => !/^(Describe|Get|List)/.test(name))).to.deep.equal([
      "UntagResource",
      "TagResource",
      "EnableKeyRotation",
      "UpdateKeyDescription",
      "PutKeyPolicy",
      "DisableKey",
      "EnableKey",
      "UpdateKeyDescription",
    ]);
    await aws.provider.delete({ type: key, ...created });
    expect(await aws.read(key, created)).to.equal(undefined);
    await aws.provider.delete({ type: key, ...created });
  });

  it("have names that can come to stand for another key", async () => {
    const [one, two] = [await aws.create(key, {}), await aws.create(key, {})];
    const created = await aws.create(alias, { name: "alias/alerts", targetKeyId: textOf(one.state, "arn") });
    expect(created.state).to.include({ targetKeyId: one.state["arn"], targetKeyArn: one.state["arn"] });
    const moved = await aws.update(alias, created, { name: "alias/alerts", targetKeyId: two.id });
    expect(moved).to.include({ targetKeyId: two.id, targetKeyArn: two.state["arn"] });
    await aws.provider.delete({ type: alias, ...created });
    expect(await aws.read(alias, created)).to.equal(undefined);
    await aws.provider.delete({ type: alias, ...created });
  });
});
