import { expect } from "chai";
import { denyAllQueuePolicy } from "#iam";
import { PartiallyDone } from "../../../../simulator/plugins/protocol/provider.ts";
import { rejection } from "../rejection.ts";
import { checked, type SandboxedProvider, startSandboxedProvider, textOf } from "./sandboxed-provider.ts";

const queue = "aws:sqs/queue:Queue";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";

describe("queues of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("orders");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("are created with defaults, described, and read back the same", async () => {
    const created = await aws.create(queue, { tags: { drill: "yes" } });
    expect(created.state).to.deep.include({
      url: created.id,
      visibilityTimeoutSeconds: 30,
      maxMessageSize: 262_144,
      sqsManagedSseEnabled: true,
      tags: { drill: "yes" },
      tagsAll: { drill: "yes" },
    });
    expect((await aws.read(queue, created))?.state).to.deep.equal(created.state);
  });

  it("are updated in what has changed, tags taken away before tags are added", async () => {
    const created = await aws.create(queue, { name: "q", tags: { old: "1" } });
    const newInputs = checked(aws.provider, queue, { name: "q", delaySeconds: 5, tags: { new: "2" } });
    const calls = await aws.callsDuring(async () => {
      const state = await aws.provider.update({
        type: queue,
        id: created.id,
        oldInputs: created.state,
        oldState: created.state,
        newInputs,
        preview: false,
      });
      expect(state).to.deep.include({ delaySeconds: 5, tags: { new: "2" } });
    });
    expect(calls.slice(0, 3)).to.deep.equal(["UntagQueue", "TagQueue", "SetQueueAttributes"]);
    expect(calls.filter((name) => name === "GetQueueAttributes").length).to.be.greaterThan(6);
  });

  it("are gone when deleted, also out of band", async () => {
    const created = await aws.create(queue, {});
    await aws.provider.delete({ type: queue, ...created });
    expect(await aws.read(queue, created)).to.equal(undefined);
    await aws.provider.delete({ type: queue, ...created });
  });

  it("get a policy, which is gone when it is empty", async () => {
    const { id: queueUrl, state } = await aws.create(queue, {});
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "sqs:SendMessage", Resource: state["arn"] },
      ],
    });
    const created = await aws.create(queuePolicy, { queueUrl, policy });
    expect(created).to.deep.equal({ id: queueUrl, state: { queueUrl, policy, region: "ap-northeast-2" } });
    await aws.provider.delete({ type: queuePolicy, ...created });
    expect(await aws.read(queuePolicy, created)).to.equal(undefined);
  });

  it("under a deny-all policy fail the wait for it, refresh and delete; the policy is saved as failed", async () => {
    const { id: queueUrl, state } = await aws.create(queue, {});
    const policy = JSON.stringify(denyAllQueuePolicy(textOf(state, "arn")));
    const error = await rejection(aws.create(queuePolicy, { queueUrl, policy }));
    expect(error).to.be.instanceOf(PartiallyDone);
    expect(error).to.deep.include({ id: queueUrl, state: { queueUrl, policy, region: "ap-northeast-2" } });
    const denied = /AccessDenied.*explicit deny in a resource-based policy/;
    expect(error.message).to.match(denied);
    expect((await rejection(aws.read(queue, { id: queueUrl, state }))).message).to.match(denied);
    const removal = aws.provider.delete({ type: queuePolicy, id: queueUrl, state: { queueUrl, policy } });
    expect((await rejection(removal)).message).to.match(denied);
  });
});
