import * as iam from "@aws-sdk/client-iam";
import { ListRootsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import * as s3 from "@aws-sdk/client-s3";
import * as sqs from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, AssumeRootCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type TaskName, taskNames, taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, rootSession } from "../root-session.ts";

const { orders, audit } = sandboxAccounts;
const Bucket = "orders-archive";
const QueueName = "orders-events";
const queueArn = `arn:aws:sqs:ap-northeast-2:${orders}:${QueueName}`;
const rootArn = `arn:aws:iam::${orders}:root`;
const userArn = `arn:aws:iam::${orders}:user/administrator`;
const SerialNumber = `arn:aws:iam::${orders}:mfa/root-account-mfa-device`;
const UserName = "administrator";

/** A request, and the action that it needs on a resource. */
type Step = (session: ClientSettings, at: { readonly QueueUrl: string }) => Promise<unknown>;
type Refused = readonly [action: string, onResource: string, request: Step];

const inIam =
  (send: (client: iam.IAM) => Promise<unknown>): Step =>
  (session) =>
    send(new iam.IAM(session));
const inS3 =
  (send: (client: s3.S3) => Promise<unknown>): Step =>
  (session) =>
    send(new s3.S3(session));
const inSqs =
  (send: (client: sqs.SQS, QueueUrl: string) => Promise<unknown>): Step =>
  (session, { QueueUrl }) =>
    send(new sqs.SQS(session), QueueUrl);

const onBucket = ` on resource: "arn:aws:s3:::${Bucket}"`;
const onObject = ` on resource: "arn:aws:s3:::${Bucket}/a"`;
const onQueue = ` on resource: ${queueArn}`;
const onRoot = ` on resource: ${rootArn}`;
const onUser = ` on resource: ${userArn}`;
const onAny = " on resource: *";

const createKey: Refused = ["iam:CreateAccessKey", onRoot, inIam((client) => client.createAccessKey({}))];
const listBuckets: Refused = ["s3:ListAllMyBuckets", "", inS3((client) => client.listBuckets({}))];
const deletePolicy: Refused = [
  "s3:DeleteBucketPolicy",
  onBucket,
  inS3((client) => client.deleteBucketPolicy({ Bucket })),
];
const summary: Refused = ["iam:GetAccountSummary", onAny, inIam((client) => client.getAccountSummary({}))];
const setPolicy: Refused = [
  "sqs:setqueueattributes",
  onQueue,
  inSqs((client, QueueUrl) => client.setQueueAttributes({ QueueUrl, Attributes: { Policy: "" } })),
];

/** What each task lets a session do, each once and in an order that works, and what it does not. */
const tasks: Readonly<Record<TaskName, { readonly does: readonly Step[]; readonly doesNot: readonly Refused[] }>> = {
  IAMAuditRootUserCredentials: {
    does: [
      inIam((client) => client.getUser({})),
      inIam((client) => client.getAccountSummary({})),
      inIam((client) => client.getLoginProfile({})),
      inIam((client) => client.listMFADevices({})),
      inIam((client) => client.listSigningCertificates({})),
      inIam(async (client) => client.getAccessKeyLastUsed({ AccessKeyId: await firstKey(client) })),
    ],
    doesNot: [
      createKey,
      [
        "iam:DeleteAccessKey",
        onRoot,
        inIam((client) => client.deleteAccessKey({ AccessKeyId: "AKIASANDBOX333ROOT01" })),
      ],
      ["iam:DeleteLoginProfile", onRoot, inIam((client) => client.deleteLoginProfile({}))],
      ["iam:CreateLoginProfile", onRoot, inIam((client) => client.createLoginProfile({}))],
      ["iam:DeactivateMFADevice", onRoot, inIam((client) => client.deactivateMFADevice({ SerialNumber }))],
      ["iam:ListAccessKeys", onUser, inIam((client) => client.listAccessKeys({ UserName }))],
      ["iam:GetUser", onUser, inIam((client) => client.getUser({ UserName }))],
      ["iam:ListUsers", ` on resource: arn:aws:iam::${orders}:user/`, inIam((client) => client.listUsers({}))],
      ["iam:ListOrganizationsFeatures", onAny, inIam((client) => client.listOrganizationsFeatures({}))],
      listBuckets,
    ],
  },
  IAMDeleteRootUserCredentials: {
    does: [
      inIam((client) => client.getUser({})),
      inIam((client) => client.getLoginProfile({})),
      inIam(async (client) => client.getAccessKeyLastUsed({ AccessKeyId: await firstKey(client) })),
      inIam(async (client) => client.deleteAccessKey({ AccessKeyId: await firstKey(client) })),
      inIam(async (client) => {
        const { Certificates = [] } = await client.listSigningCertificates({});
        await client.deleteSigningCertificate({ CertificateId: Certificates[0]?.CertificateId });
      }),
      inIam((client) => client.deleteLoginProfile({})),
      inIam((client) => client.listMFADevices({})),
      inIam((client) => client.deactivateMFADevice({ SerialNumber })),
      inIam((client) => client.deleteVirtualMFADevice({ SerialNumber })),
    ],
    doesNot: [
      createKey,
      summary,
      ["iam:CreateLoginProfile", onRoot, inIam((client) => client.createLoginProfile({}))],
      [
        "iam:UpdateAccessKey",
        onRoot,
        inIam((client) => client.updateAccessKey({ AccessKeyId: "AKIASANDBOX333ROOT01", Status: "Inactive" })),
      ],
      [
        "iam:DeleteAccessKey",
        onUser,
        inIam((client) => client.deleteAccessKey({ AccessKeyId: "AKIASANDBOX333ADMIN7", UserName })),
      ],
      ["iam:DeleteUser", onUser, inIam((client) => client.deleteUser({ UserName }))],
      deletePolicy,
    ],
  },
  IAMCreateRootUserPassword: {
    does: [inIam((client) => client.createLoginProfile({})), inIam((client) => client.getLoginProfile({}))],
    doesNot: [
      createKey,
      summary,
      ["iam:DeleteLoginProfile", onRoot, inIam((client) => client.deleteLoginProfile({}))],
      ["iam:GetUser", onRoot, inIam((client) => client.getUser({}))],
      ["iam:ListAccessKeys", onRoot, inIam((client) => client.listAccessKeys({}))],
      [
        "iam:CreateLoginProfile",
        onUser,
        inIam((client) => client.createLoginProfile({ UserName, Password: "correct horse battery" })),
      ],
      setPolicy,
    ],
  },
  S3UnlockBucketPolicy: {
    does: [
      inS3((client) => client.listBuckets({ MaxBuckets: 1 })),
      inS3((client) => client.putBucketPolicy({ Bucket, Policy: denyEverybody("s3:*", `arn:aws:s3:::${Bucket}`) })),
      inS3((client) => client.getBucketPolicy({ Bucket })),
      inS3((client) => client.deleteBucketPolicy({ Bucket })),
    ],
    doesNot: [
      ["s3:ListBucket", onBucket, inS3((client) => client.listObjectsV2({ Bucket }))],
      ["s3:GetBucketLocation", onBucket, inS3((client) => client.getBucketLocation({ Bucket }))],
      ["s3:GetBucketPolicyStatus", onBucket, inS3((client) => client.getBucketPolicyStatus({ Bucket }))],
      ["s3:GetBucketPublicAccessBlock", onBucket, inS3((client) => client.getPublicAccessBlock({ Bucket }))],
      ["s3:PutBucketPublicAccessBlock", onBucket, inS3((client) => client.deletePublicAccessBlock({ Bucket }))],
      ["s3:DeleteBucket", onBucket, inS3((client) => client.deleteBucket({ Bucket }))],
      [
        "s3:CreateBucket",
        ' on resource: "arn:aws:s3:::orders-more"',
        inS3((c) => c.createBucket({ Bucket: "orders-more" })),
      ],
      ["s3:GetObject", onObject, inS3((client) => client.getObject({ Bucket, Key: "a" }))],
      ["s3:PutObject", onObject, inS3((client) => client.putObject({ Bucket, Key: "a", Body: "" }))],
      ["s3:DeleteObject", onObject, inS3((client) => client.deleteObject({ Bucket, Key: "a" }))],
      setPolicy,
      summary,
    ],
  },
  SQSUnlockQueuePolicy: {
    does: [
      inSqs((client) => client.listQueues({})),
      inSqs((client) => client.getQueueUrl({ QueueName })),
      inSqs((client, QueueUrl) => client.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] })),
      setPolicy[2],
    ],
    doesNot: [
      ["sqs:sendmessage", onQueue, inSqs((client, QueueUrl) => client.sendMessage({ QueueUrl, MessageBody: "x" }))],
      ["sqs:receivemessage", onQueue, inSqs((client, QueueUrl) => client.receiveMessage({ QueueUrl }))],
      ["sqs:purgequeue", onQueue, inSqs((client, QueueUrl) => client.purgeQueue({ QueueUrl }))],
      ["sqs:deletequeue", onQueue, inSqs((client, QueueUrl) => client.deleteQueue({ QueueUrl }))],
      ["sqs:listqueuetags", onQueue, inSqs((client, QueueUrl) => client.listQueueTags({ QueueUrl }))],
      ["sqs:createqueue", `${onQueue}-more`, inSqs((client) => client.createQueue({ QueueName: `${QueueName}-more` }))],
      listBuckets,
      deletePolicy,
      summary,
    ],
  },
};

describe("the five task policies inside a session", () => {
  let sandbox: SandboxOrganization;
  let QueueUrl: string;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    await enableRootAccess(sandbox);
    const settings = administrator(sandbox, "orders");
    const CreateBucketConfiguration = { LocationConstraint: "ap-northeast-2" } as const;
    await new s3.S3(settings).createBucket({ Bucket, CreateBucketConfiguration });
    QueueUrl = (await new sqs.SQS(settings).createQueue({ QueueName })).QueueUrl ?? "";
  });

  afterEach(() => sandbox.close());

  for (const task of taskNames) {
    it(`section 2: ${task} lets each of its actions through`, async () => {
      if (task === "IAMCreateRootUserPassword") {
        const deleting = await rootSession(sandbox, "orders", "IAMDeleteRootUserCredentials");
        await new iam.IAM(deleting).deleteLoginProfile({});
      }
      const session = await rootSession(sandbox, "orders", task);
      for (const step of tasks[task].does) await step(session, { QueueUrl });
    });

    for (const [action, onResource, step] of tasks[task].doesNot) {
      it(`section 2: ${task} refuses ${action}${onResource}`, async () => {
        const session = await rootSession(sandbox, "orders", task);
        const refusal = await refusalOf(step(session, { QueueUrl }));
        const who = `User: ${rootArn} is not authorized to perform: ${action}${onResource}`;
        expect(refusal).to.include({
          code: "AccessDenied",
          status: 403,
          message: `${who} with an explicit deny in a session policy`,
        });
      });
    }

    it(`section 2: ${task} leaves GetCallerIdentity, and neither other roles nor other services`, async () => {
      const session = await rootSession(sandbox, "orders", task);
      const sts = new STSClient(session);
      const { Account, UserId, Arn } = await sts.send(new GetCallerIdentityCommand({}));
      expect({ Account, UserId, Arn }).to.deep.equal({ Account: orders, UserId: orders, Arn: rootArn });
      const again = { TargetPrincipal: audit, TaskPolicyArn: { arn: taskPolicyArn(task) } };
      expect(await refusalOf(sts.send(new AssumeRootCommand(again)))).to.include({ code: "AccessDenied", status: 403 });
      const role = { RoleArn: `arn:aws:iam::${orders}:role/incident`, RoleSessionName: "root" };
      expect(await refusalOf(sts.send(new AssumeRoleCommand(role)))).to.include({ code: "AccessDenied", status: 403 });
      const roots = new OrganizationsClient(session).send(new ListRootsCommand({}));
      expect(await refusalOf(roots)).to.deep.include({
        code: "AccessDeniedException",
        message: `User: ${rootArn} is not authorized to perform: organizations:ListRoots on resource: * with an explicit deny in a session policy`,
      });
    });
  }

  it("section 2: HEAD on a bucket is denied to the S3 task, without a body", async () => {
    const session = await rootSession(sandbox, "orders", "S3UnlockBucketPolicy");
    const error: unknown = await new s3.S3(session).headBucket({ Bucket }).catch((reason: unknown) => reason);
    expect(error).to.have.nested.property("$metadata.httpStatusCode", 403);
    expect(error).to.have.nested.property("$response.headers.content-length", "0");
  });

  it("section 2: the queue task reads no attributes of another account's queue, though its policy lets root", async () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: audit },
      Action: "sqs:GetQueueAttributes",
      Resource: queueArn,
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await new sqs.SQS(administrator(sandbox, "orders")).setQueueAttributes({ QueueUrl, Attributes: { Policy } });
    const read = { QueueUrl, AttributeNames: ["QueueArn" as const] };
    expect((await new sqs.SQS(administrator(sandbox, "audit")).getQueueAttributes(read)).Attributes).to.deep.equal({
      QueueArn: queueArn,
    });
    const session = await rootSession(sandbox, "audit", "SQSUnlockQueuePolicy");
    expect(await refusalOf(new sqs.SQS(session).getQueueAttributes(read))).to.include({
      code: "AccessDenied",
      message: `User: arn:aws:iam::${audit}:root is not authorized to perform: sqs:getqueueattributes${onQueue} with an explicit deny in a session policy`,
    });
  });
});

async function firstKey(client: iam.IAM): Promise<string> {
  const { AccessKeyMetadata = [] } = await client.listAccessKeys({});
  return AccessKeyMetadata[0]?.AccessKeyId ?? expect.fail("The root user has access keys.");
}

function denyEverybody(Action: string, Resource: string): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action, Resource }] });
}
