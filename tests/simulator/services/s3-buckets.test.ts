import {
  CreateBucketCommand,
  type CreateBucketRequest,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const Bucket = "orders-archive";

describe("S3 buckets", () => {
  let sandbox: SandboxOrganization;
  let s3: S3Client;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    s3 = client();
  });

  afterEach(() => sandbox.close());

  const client = (account: AccountName = "orders", region?: string): S3Client =>
    new S3Client(administrator(sandbox, account, region));
  const create = (name = Bucket, more: Partial<CreateBucketRequest> = {}, by = s3) =>
    by.send(
      new CreateBucketCommand({
        Bucket: name,
        CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" },
        ...more,
      }),
    );

  for (const name of ["Orders", "ab", "a..b", "192.168.5.4", "-orders", "orders_archive", "xn--orders", "x-s3alias"]) {
    it(`refuses the name ${name}`, async () => {
      expect(await refusalOf(create(name))).to.include({ code: "InvalidBucketName", status: 400 });
    });
  }

  it("are made once", async () => {
    await create();
    expect(await refusalOf(create())).to.include({ code: "BucketAlreadyOwnedByYou", status: 409 });
    expect(await refusalOf(create(Bucket, {}, client("audit")))).to.include({
      code: "BucketAlreadyExists",
      status: 409,
    });
  });

  it("may be made again in us-east-1, where AWS keeps to its old answer", async () => {
    const virginia = client("orders", "us-east-1");
    await virginia.send(new CreateBucketCommand({ Bucket }));
    const { Location } = await virginia.send(new CreateBucketCommand({ Bucket }));
    expect(Location).to.equal(`/${Bucket}`);
    const { LocationConstraint } = await virginia.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).to.equal(undefined);
  });

  it("need the constraint to the Region of the endpoint", async () => {
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
    expect(await refusalOf(create(Bucket, elsewhere))).to.include({
      code: "IllegalLocationConstraintException",
      message:
        "The eu-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.",
    });
    for (const nowhere of ["us-east-1", "moon-north-1"]) {
      const constraint = { CreateBucketConfiguration: { LocationConstraint: nowhere as "eu-west-1" } };
      const virginia = client("orders", "us-east-1");
      expect(await refusalOf(create(Bucket, constraint, virginia))).to.include({ code: "InvalidLocationConstraint" });
    }
  });

  it("are made in Regions that one opts in to by their own endpoints alone", async () => {
    const constraint = { CreateBucketConfiguration: { LocationConstraint: "me-south-1" as const } };
    expect(await refusalOf(create(Bucket, constraint, client("orders", "us-east-1")))).to.include({
      code: "IllegalLocationConstraintException",
    });
  });

  it("refuse by name what is not modelled", async () => {
    expect(await refusalOf(create(Bucket, { ObjectLockEnabledForBucket: true }))).to.include({ status: 501 });
    expect(await refusalOf(create(Bucket, { ACL: "public-read" }))).to.include({
      code: "NotImplemented",
      message: "The bucket ACL public-read is not modelled by the sandbox organization.",
    });
    await create();
    const versioning = { Bucket, VersioningConfiguration: { Status: "Enabled" as const } };
    expect(await refusalOf(s3.send(new PutBucketVersioningCommand(versioning)))).to.include({
      message: "s3:PutBucketVersioning is not modelled by the sandbox organization.",
      status: 501,
    });
  });

  it("answer from another Region with the one to go to", async () => {
    await create();
    const error: unknown = await client("orders", "eu-west-1")
      .send(new HeadBucketCommand({ Bucket }))
      .catch((reason: unknown) => reason);
    expect(error).to.have.nested.property("$metadata.httpStatusCode", 301);
    expect(error).to.have.nested.property("$response.headers.x-amz-bucket-region", "ap-northeast-2");
    const following = new S3Client({ ...administrator(sandbox, "orders", "eu-west-1"), followRegionRedirects: true });
    expect(await following.send(new HeadBucketCommand({ Bucket }))).to.include({ BucketRegion: "ap-northeast-2" });
  });

  it("are not found when they are not there", async () => {
    expect(await refusalOf(s3.send(new HeadBucketCommand({ Bucket })))).to.include({ code: "NotFound", status: 404 });
    const error: unknown = await s3.send(new GetBucketAclCommand({ Bucket })).catch((reason: unknown) => reason);
    expect(error).to.include({ name: "NoSuchBucket", BucketName: Bucket });
  });

  it("are guarded by the owner that a request expects", async () => {
    await create();
    const foreign = new HeadBucketCommand({ Bucket, ExpectedBucketOwner: "111111111111" });
    expect(await refusalOf(s3.send(foreign))).to.include({ status: 403 });
    await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: "333333333333" }));
  });

  it("section 2: are listed by pages, prefix and Region; one's own only", async () => {
    for (const name of ["orders-b", "orders-a", "other"]) await create(name);
    await create("audit-1", {}, client("audit"));
    const names = async (input: object): Promise<readonly unknown[]> => {
      const { Buckets = [], ContinuationToken } = await s3.send(new ListBucketsCommand(input));
      return [...Buckets.map(({ Name }) => Name), ContinuationToken === undefined ? "end" : "more"];
    };
    expect(await names({})).to.deep.equal(["orders-a", "orders-b", "other", "end"]);
    expect(await names({ Prefix: "orders-" })).to.deep.equal(["orders-a", "orders-b", "end"]);
    expect(await names({ BucketRegion: "us-east-1" })).to.deep.equal(["end"]);
    expect(await names({ MaxBuckets: 2 })).to.deep.equal(["orders-a", "orders-b", "more"]);
    const { ContinuationToken } = await s3.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    expect(await names({ MaxBuckets: 2, ContinuationToken })).to.deep.equal(["other", "end"]);
    const bad = new ListBucketsCommand({ ContinuationToken: "nonsense" });
    expect(await refusalOf(s3.send(bad))).to.include({ code: "InvalidArgument", status: 400 });
  });

  it("are deleted only when they are empty", async () => {
    await create();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));
    expect(await refusalOf(s3.send(new DeleteBucketCommand({ Bucket })))).to.include({
      code: "BucketNotEmpty",
      status: 409,
    });
    sandbox.state.buckets.get(Bucket)?.objects.clear();
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect(sandbox.state.buckets.has(Bucket)).to.equal(false);
  });

  it("have tags", async () => {
    await create(Bucket, {
      CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2", Tags: [{ Key: "team", Value: "orders" }] },
    });
    const tags = async (): Promise<unknown> => (await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet;
    expect(await tags()).to.deep.equal([{ Key: "team", Value: "orders" }]);
    const put = (Key: string) =>
      s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key, Value: "1" }] } }));
    await put("drill");
    expect(await tags()).to.deep.equal([{ Key: "drill", Value: "1" }]);
    expect(await refusalOf(put("aws:drill"))).to.include({ code: "InvalidTag", status: 400 });
    await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
    expect(await refusalOf(tags())).to.include({ code: "NoSuchTagSet", status: 404 });
  });

  it("answer every read of a fresh bucket's configuration as AWS does", async () => {
    await create();
    const codeOf = async (request: Promise<unknown>): Promise<string> => (await refusalOf(request)).code;
    expect(await codeOf(s3.send(new GetBucketCorsCommand({ Bucket })))).to.equal("NoSuchCORSConfiguration");
    expect(await codeOf(s3.send(new GetBucketWebsiteCommand({ Bucket })))).to.equal("NoSuchWebsiteConfiguration");
    expect(await codeOf(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).to.equal(
      "NoSuchLifecycleConfiguration",
    );
    expect(await codeOf(s3.send(new GetBucketReplicationCommand({ Bucket })))).to.equal(
      "ReplicationConfigurationNotFoundError",
    );
    expect(await codeOf(s3.send(new GetObjectLockConfigurationCommand({ Bucket })))).to.equal(
      "ObjectLockConfigurationNotFoundError",
    );
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).to.deep.equal({
      SSEAlgorithm: "AES256",
    });
    const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(OwnershipControls?.Rules).to.deep.equal([{ ObjectOwnership: "BucketOwnerEnforced" }]);
    expect((await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).to.equal("BucketOwner");
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).to.equal(undefined);
    expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).to.equal(undefined);
    expect((await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status).to.equal(undefined);
    const { Owner, Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants).to.deep.equal([{ Grantee: { Type: "CanonicalUser", ID: Owner?.ID }, Permission: "FULL_CONTROL" }]);
  });
});
