import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { denyAllBucketPolicy } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator, as } from "../clients.ts";
import { type Refusal, refusalOf } from "../refusal.ts";
import { enableRootAccess, rootSession } from "../root-session.ts";

const Bucket = "orders-archive";
const Policy = JSON.stringify(denyAllBucketPolicy(Bucket));
const { orders, payments } = sandboxAccounts;

describe("A locked S3 bucket", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    await enableRootAccess(sandbox);
  });

  afterEach(() => sandbox.close());

  const clientOf = (account: AccountName): S3Client => new S3Client(administrator(sandbox, account));

  async function lock(account: AccountName): Promise<S3Client> {
    const s3 = clientOf(account);
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } }),
    );
    await s3.send(new PutObjectCommand({ Bucket, Key: "2026/orders.csv", Body: "id\n1\n" }));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return s3;
  }

  const denied = (user: string, action: string, resource: string, by: string): Refusal => ({
    code: "AccessDenied",
    message: `User: ${user} is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a ${by}`,
    status: 403,
    reason: undefined,
  });

  it("section 5: denies the owner's administrator, in S3's words", async () => {
    const s3 = await lock("orders");
    const user = `arn:aws:iam::${orders}:user/administrator`;
    const byPolicy = (action: string, resource = `arn:aws:s3:::${Bucket}`): Refusal =>
      denied(user, action, resource, "resource-based policy");
    const list = new ListObjectsV2Command({ Bucket });
    const get = new GetObjectCommand({ Bucket, Key: "2026/orders.csv" });

    expect(await refusalOf(s3.send(new GetBucketPolicyCommand({ Bucket })))).to.deep.equal(
      byPolicy("s3:GetBucketPolicy"),
    );
    expect(await refusalOf(s3.send(new DeleteBucketPolicyCommand({ Bucket })))).to.deep.equal(
      byPolicy("s3:DeleteBucketPolicy"),
    );
    expect(await refusalOf(s3.send(list))).to.deep.equal(byPolicy("s3:ListBucket"));
    expect(await refusalOf(s3.send(get))).to.deep.equal(
      byPolicy("s3:GetObject", `arn:aws:s3:::${Bucket}/2026/orders.csv`),
    );
  });

  it("section 5: HEAD is denied without a body, and still names the bucket's Region", async () => {
    const s3 = await lock("orders");
    const error: unknown = await s3.send(new HeadBucketCommand({ Bucket })).catch((reason: unknown) => reason);
    expect(error).to.have.nested.property("$metadata.httpStatusCode", 403);
    expect(error).to.have.nested.property("$response.headers.x-amz-bucket-region", "ap-northeast-2");
  });

  it("section 5: ListBuckets is account-level and still shows it", async () => {
    const s3 = await lock("orders");
    const { Buckets } = await s3.send(new ListBucketsCommand({ MaxBuckets: 10 }));
    expect(Buckets).to.have.length(1);
    expect(Buckets?.[0]).to.include({ Name: Bucket, BucketRegion: "ap-northeast-2" });
  });

  it("section 5: a root session of the owner's account reads and deletes the policy, and the account has its access back", async () => {
    const s3 = await lock("orders");
    const root = new S3Client(await rootSession(sandbox, "orders", "S3UnlockBucketPolicy"));

    expect(await root.send(new GetBucketPolicyCommand({ Bucket }))).to.include({ Policy });
    const { $metadata } = await root.send(new DeleteBucketPolicyCommand({ Bucket }));

    expect($metadata.httpStatusCode).to.equal(204);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).to.equal(1);
    expect(await refusalOf(s3.send(new GetBucketPolicyCommand({ Bucket })))).to.include({
      code: "NoSuchBucketPolicy",
      message: "The bucket policy does not exist",
      status: 404,
    });
  });

  it("section 5: root may write a corrected policy as well", async () => {
    await lock("orders");
    const root = new S3Client(await rootSession(sandbox, "orders", "S3UnlockBucketPolicy"));
    const corrected = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "KeepObjects",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:DeleteObject",
          Resource: `arn:aws:s3:::${Bucket}/*`,
        },
      ],
    });
    await root.send(new PutBucketPolicyCommand({ Bucket, Policy: corrected, ConfirmRemoveSelfBucketAccess: true }));
    expect(await clientOf("orders").send(new GetBucketPolicyCommand({ Bucket }))).to.include({ Policy: corrected });
  });

  it("section 5: root itself may call only those three: a deny-all binds it in everything else", async () => {
    await lock("orders");
    const [key] = sandbox.state.iam.get(orders)?.rootUser.accessKeys ?? [];
    const credentials = { accessKeyId: key?.id ?? "", secretAccessKey: key?.secret ?? "" };
    const root = new S3Client(as(administrator(sandbox, "orders"), credentials));
    const denial = denied(
      `arn:aws:iam::${orders}:root`,
      "s3:ListBucket",
      `arn:aws:s3:::${Bucket}`,
      "resource-based policy",
    );
    expect(await refusalOf(root.send(new ListObjectsV2Command({ Bucket })))).to.deep.equal(denial);
    await root.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await root.send(new GetBucketPolicyCommand({ Bucket }));
    await root.send(new DeleteBucketPolicyCommand({ Bucket }));
    await root.send(new ListObjectsV2Command({ Bucket }));
  });

  it("section 2: the task allows those three calls and ListBuckets, nothing else", async () => {
    await lock("orders");
    const root = new S3Client(await rootSession(sandbox, "orders", "S3UnlockBucketPolicy"));
    await root.send(new DeleteBucketPolicyCommand({ Bucket }));

    for (const command of [new ListObjectsV2Command({ Bucket }), new GetObjectCommand({ Bucket, Key: "x" })]) {
      const refusal = await refusalOf(root.send(command as ListObjectsV2Command));
      expect(refusal).to.include({ code: "AccessDenied", status: 403 });
      expect(refusal.message).to.match(/with an explicit deny in a session policy$/);
    }
  });

  it("section 2: another account's root session does not reach it", async () => {
    await lock("orders");
    const root = new S3Client(await rootSession(sandbox, "audit", "S3UnlockBucketPolicy"));
    const refusal = await refusalOf(root.send(new DeleteBucketPolicyCommand({ Bucket })));
    expect(refusal).to.include({ code: "AccessDenied", status: 403 });
  });

  it("section 7: a service control policy that denies root keeps the session from unlocking", async () => {
    await lock("payments");
    const root = new S3Client(await rootSession(sandbox, "payments", "S3UnlockBucketPolicy"));
    expect(await refusalOf(root.send(new DeleteBucketPolicyCommand({ Bucket })))).to.deep.equal(
      denied(
        `arn:aws:iam::${payments}:root`,
        "s3:DeleteBucketPolicy",
        `arn:aws:s3:::${Bucket}`,
        "service control policy",
      ),
    );
  });

  it("section 7: a resource control policy binds root too", async () => {
    await lock("orders");
    await denyByResourceControlPolicy("s3:DeleteBucketPolicy");
    const root = new S3Client(await rootSession(sandbox, "orders", "S3UnlockBucketPolicy"));
    expect(await refusalOf(root.send(new DeleteBucketPolicyCommand({ Bucket })))).to.deep.equal(
      denied(
        `arn:aws:iam::${orders}:root`,
        "s3:DeleteBucketPolicy",
        `arn:aws:s3:::${Bucket}`,
        "resource control policy",
      ),
    );
  });

  async function denyByResourceControlPolicy(action: string): Promise<void> {
    const organizations = new OrganizationsClient(administrator(sandbox, "management"));
    const PolicyType = "RESOURCE_CONTROL_POLICY";
    await organizations.send(new EnablePolicyTypeCommand({ RootId: sandbox.state.organization.root.id, PolicyType }));
    const statement = { Effect: "Deny", Principal: "*", Action: action, Resource: "*" };
    const { Policy: made } = await organizations.send(
      new CreatePolicyCommand({
        Type: PolicyType,
        Name: "KeepPolicies",
        Description: "",
        Content: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
    await organizations.send(new AttachPolicyCommand({ PolicyId: made?.PolicySummary?.Id, TargetId: orders }));
  }
});
