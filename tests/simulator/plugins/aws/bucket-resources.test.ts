import { expect } from "chai";
import { denyAllBucketPolicy } from "#iam";
import { PartiallyDone } from "../../../../simulator/plugins/protocol/provider.ts";
import { rejection } from "../rejection.ts";
import { checked, type SandboxedProvider, startSandboxedProvider } from "./sandboxed-provider.ts";

const bucketType = "aws:s3/bucket:Bucket";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const publicAccessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const objectType = "aws:s3/bucketObjectv2:BucketObjectv2";
const bucket = "drill-bucket";
const denied = /AccessDenied.*explicit deny in a resource-based policy/;

const allowRead = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::333333333333:root" },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    },
  ],
});

describe("buckets of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("orders");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("are created in their Region, described, and read back the same", async () => {
    const created = await aws.create(bucketType, { bucket, tags: { drill: "s3" } });
    expect(created.id).to.equal(bucket);
    expect(created.state).to.deep.include({
      arn: `arn:aws:s3:::${bucket}`,
      bucketRegion: "ap-northeast-2",
      bucketRegionalDomainName: `${bucket}.s3.ap-northeast-2.amazonaws.com`,
      forceDestroy: false,
      tags: { drill: "s3" },
    });
    expect((await aws.read(bucketType, created))?.state).to.deep.equal(created.state);
  });

  it("get automatic names in lower case", async () => {
    expect((await aws.create(bucketType, {})).id).to.match(/^test-[0-9a-f]{7}$/);
  });

  it("with objects are deleted only when forced", async () => {
    const kept = await aws.create(bucketType, { bucket });
    await aws.create(objectType, { bucket, key: "order", content: "1" });
    expect((await rejection(aws.provider.delete({ type: bucketType, ...kept }))).message).to.match(/BucketNotEmpty/);
    const forced = { ...kept.state, forceDestroy: true };
    await aws.provider.delete({ type: bucketType, id: kept.id, state: forced });
    expect(await aws.read(bucketType, kept)).to.equal(undefined);
    await aws.provider.delete({ type: bucketType, id: kept.id, state: forced });
  });

  it("keep objects, whose content only the state knows", async () => {
    await aws.create(bucketType, { bucket });
    const created = await aws.create(objectType, { bucket, key: "/orders/1", content: "one" });
    expect(created.id).to.equal(`${bucket}/orders/1`);
    expect(created.state).to.include({
      content: "one",
      storageClass: "STANDARD",
      arn: `arn:aws:s3:::${bucket}/orders/1`,
    });
    const newInputs = checked(aws.provider, objectType, { bucket, key: "/orders/1", content: "two" });
    const { id, state: oldState } = created;
    const state = await aws.provider.update({
      type: objectType,
      id,
      oldInputs: {},
      oldState,
      newInputs,
      preview: false,
    });
    expect(state["content"]).to.equal("two");
    expect(state["etag"]).not.to.equal(oldState["etag"]);
    await aws.provider.delete({ type: objectType, id, state });
    expect(await aws.read(objectType, created)).to.equal(undefined);
  });

  it("block public access", async () => {
    await aws.create(bucketType, { bucket });
    const created = await aws.create(publicAccessBlock, { bucket, blockPublicAcls: true });
    expect(created.state).to.include({ blockPublicAcls: true, blockPublicPolicy: false });
    await aws.provider.delete({ type: publicAccessBlock, ...created });
    expect(await aws.read(publicAccessBlock, created)).to.equal(undefined);
  });

  it("have a policy, which is gone when somebody deletes it", async () => {
    await aws.create(bucketType, { bucket });
    const created = await aws.create(bucketPolicy, { bucket, policy: allowRead });
    expect(created).to.deep.equal({ id: bucket, state: { bucket, policy: allowRead, region: "ap-northeast-2" } });
    await aws.provider.delete({ type: bucketPolicy, ...created });
    expect(await aws.read(bucketPolicy, created)).to.equal(undefined);
  });

  it("under a deny-all policy fail its read-back, and the policy is saved as failed", async () => {
    await aws.create(bucketType, { bucket });
    const policy = JSON.stringify(denyAllBucketPolicy(bucket));
    const error = await rejection(aws.create(bucketPolicy, { bucket, policy }));
    expect(error).to.be.instanceOf(PartiallyDone);
    expect(error).to.deep.include({ id: bucket, state: { bucket, policy, region: "ap-northeast-2" } });
    expect(error.message).to.match(denied);
    const failed = { id: bucket, state: { bucket, policy, region: "ap-northeast-2" } };
    expect((await rejection(aws.read(bucketPolicy, failed))).message).to.match(denied);
    expect((await rejection(aws.provider.delete({ type: bucketPolicy, ...failed }))).message).to.match(denied);
  });

  it("under a deny-all policy count as gone in a refresh, their objects do not", async () => {
    const created = await aws.create(bucketType, { bucket });
    const object = await aws.create(objectType, { bucket, key: "order", content: "1" });
    await rejection(aws.create(bucketPolicy, { bucket, policy: JSON.stringify(denyAllBucketPolicy(bucket)) }));
    expect(await aws.read(bucketType, created)).to.equal(undefined);
    expect((await rejection(aws.read(objectType, object))).message).to.match(/HeadObject.*StatusCode: 403/);
    expect((await rejection(aws.provider.delete({ type: bucketType, ...created }))).message).to.match(denied);
  });
});
