import { expect } from "chai";
import { rejection } from "../rejection.ts";
import { checked, type SandboxedProvider, startSandboxedProvider } from "./sandboxed-provider.ts";

const policy = "aws:organizations/policy:Policy";
const attachment = "aws:organizations/policyAttachment:PolicyAttachment";
const content = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }],
});
const target = "333333333333";

describe("organization policies of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("management", "us-east-1");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("are created with their tags, named automatically, and gone when deleted", async () => {
    const calls = await aws.callsDuring(async () => {
      const created = await aws.create(policy, { content, tags: { kit: "yes" } });
      expect(created.id).to.match(/^p-/);
      expect(created.state).to.deep.include({
        content,
        description: "",
        type: "SERVICE_CONTROL_POLICY",
        tags: { kit: "yes" },
        tagsAll: { kit: "yes" },
      });
      expect(created.state["name"]).to.match(/^Test-[0-9a-f]{7}$/);
      await aws.provider.delete({ type: policy, ...created });
      expect(await aws.read(policy, created)).to.equal(undefined);
      await aws.provider.delete({ type: policy, ...created });
    });
    expect(calls).to.deep.equal([
      "CreatePolicy",
      "DescribePolicy",
      "ListTagsForResource",
      "DeletePolicy",
      "DescribePolicy",
      "DeletePolicy",
    ]);
  });

  it("keep their form when AWS says the same in another layout, and are updated in what has changed", async () => {
    const spaced = JSON.stringify(JSON.parse(content), undefined, 2);
    const created = await aws.create(policy, { name: "guardrail", content: spaced, tags: { old: "1" } });
    expect(created.state["content"]).to.equal(spaced);
    const inputs = checked(aws.provider, policy, { name: "guardrail", content, description: "d", tags: { new: "2" } });
    const diff = aws.provider.diff({
      type: policy,
      oldInputs: created.state,
      oldState: created.state,
      newInputs: inputs,
      ignoreChanges: [],
    });
    expect(diff.changes.map(({ property }) => property)).to.have.members(["description", "tags"]);
    const calls = await aws.callsDuring(async () => {
      const change = { oldInputs: created.state, oldState: created.state, newInputs: inputs, preview: false };
      const state = await aws.provider.update({ type: policy, id: created.id, ...change });
      expect(state).to.deep.include({ description: "d", tags: { new: "2" } });
    });
    expect(calls).to.deep.equal([
      "UntagResource",
      "TagResource",
      "UpdatePolicy",
      "DescribePolicy",
      "ListTagsForResource",
    ]);
  });

  it("are refused when their content is no JSON, or their type is not modelled", () => {
    const check = (inputs: Record<string, string>): string[] =>
      aws.provider
        .check({
          type: policy,
          name: "t",
          oldInputs: {},
          newInputs: inputs,
          randomSeed: Uint8Array.of(1),
          autonaming: undefined,
        })
        .failures.map(({ property }) => property);
    expect(check({ content: "{" })).to.deep.equal(["content"]);
    expect(check({ content, type: "TAG_POLICY" })).to.deep.equal(["type"]);
  });

  it("of AWS are not imported, those of others are", async () => {
    const full = await rejection(aws.provider.read({ type: policy, id: "p-FullAWSAccess", inputs: {}, state: {} }));
    expect(full.message).to.include("AWS-managed Organizations policy (p-FullAWSAccess) cannot be imported");
    const { id } = await aws.create(policy, { name: "theirs", content });
    const imported = await aws.provider.read({ type: policy, id, inputs: {}, state: {} });
    expect(imported?.inputs).to.deep.include({ name: "theirs", content });
  });

  it("are attached once, kept from deletion by it, and the attachment is gone when detached", async () => {
    const { id: policyId, state } = await aws.create(policy, { name: "guardrail", content });
    const created = await aws.create(attachment, { policyId, targetId: target });
    expect(created).to.deep.equal({ id: `${target}:${policyId}`, state: { policyId, targetId: target } });
    const twice = await rejection(aws.create(attachment, { policyId, targetId: target }));
    expect(twice.message).to.match(/creating Organizations Policy Attachment .*DuplicatePolicyAttachmentException/);
    const inUse = await rejection(aws.provider.delete({ type: policy, id: policyId, state }));
    expect(inUse.message).to.match(/deleting Organizations Policy .*PolicyInUseException/);
    await aws.provider.delete({ type: attachment, ...created });
    expect(await aws.read(attachment, created)).to.equal(undefined);
    await aws.provider.delete({ type: attachment, ...created });
    await aws.provider.delete({ type: policy, id: policyId, state });
    expect(await aws.read(attachment, created)).to.equal(undefined);
  });

  it("stay when the program says so", async () => {
    const { id: policyId, state } = await aws.create(policy, { content, skipDestroy: true });
    const attached = await aws.create(attachment, { policyId, targetId: target, skipDestroy: true });
    const calls = await aws.callsDuring(async () => {
      await aws.provider.delete({ type: attachment, ...attached });
      await aws.provider.delete({ type: policy, id: policyId, state });
    });
    expect(calls).to.deep.equal([]);
  });

  it("cannot be attached while their type is not enabled", async () => {
    const { id: policyId } = await aws.create(policy, { content });
    aws.organization.state.organization.root.enabledPolicyTypes.clear();
    const error = await rejection(aws.create(attachment, { policyId, targetId: target }));
    expect(error.message).to.match(/PolicyTypeNotEnabledException/);
  });
});
