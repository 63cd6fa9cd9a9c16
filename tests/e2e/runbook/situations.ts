import {
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, ListObjectsV2Command, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { denyAllBucketPolicy, denyAllQueuePolicy, type TaskName, taskPolicyArn } from "#iam";
import { waitFor } from "#root-access";
import { profileConnection, type SandboxPlace, sessionConnection } from "../sandbox-connection.ts";

type Situation = (sandbox: SandboxPlace) => Promise<void>;

const member = "333333333333";
const region = "ap-northeast-2";
const Bucket = "orders-invoices";
const QueueName = "orders-paid";

/** How what a block begins with comes about, by the name that the runbook gives it. */
export const arrangements: Readonly<Record<string, Situation>> = {
  configured: async () => {},
  "locked-bucket": lockBucket,
  "locked-queue": lockQueue,
  /** Orders has some from the start. */
  "root-credentials": async (sandbox) => {
    expect(await rootCredentials(sandbox)).to.equal("1 password, 2 keys, 1 certificates, 1 MFA");
  },
  "no-root-credentials": deleteRootCredentials,
};

/** What has to be so after a block. */
export const outcomes: Readonly<Record<string, Situation>> = {
  "open-bucket": async (sandbox) => {
    await s3(sandbox).send(new ListObjectsV2Command({ Bucket }));
  },
  "open-queue": async (sandbox) => {
    // The change of a queue's policy takes its time (docs/aws-behaviour.md, section 6).
    await queueIs("open", sqs(sandbox));
  },
  "no-root-credentials": async (sandbox) => {
    expect(await rootCredentials(sandbox)).to.equal("0 password, 0 keys, 0 certificates, 0 MFA");
  },
  "recovery-allowed": async (sandbox) => {
    const iam = await rootIam(sandbox, "IAMAuditRootUserCredentials");
    expect((await iam.send(new GetLoginProfileCommand({}))).LoginProfile).to.have.property("CreateDate");
  },
};

/** @throws Error when the runbook names a situation that is not among them */
export function situationNamed(situations: Readonly<Record<string, Situation>>, name: string): Situation {
  const situation = situations[name];
  if (situation === undefined) throw new Error(`The runbook names a situation that no test knows: ${name}`);
  return situation;
}

async function lockBucket(sandbox: SandboxPlace): Promise<void> {
  const client = s3(sandbox);
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const Policy = JSON.stringify(denyAllBucketPolicy(Bucket));
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess: true }));
}

async function lockQueue(sandbox: SandboxPlace): Promise<void> {
  const client = sqs(sandbox);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName }));
  const Policy = JSON.stringify(denyAllQueuePolicy(`arn:aws:sqs:${region}:${member}:${QueueName}`));
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await queueIs("locked", client);
}

async function queueIs(wanted: "open" | "locked", client: SQSClient): Promise<void> {
  const { QueueUrls: [QueueUrl] = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix: QueueName }));
  await waitFor({
    waitingFor: `the queue to be ${wanted}`,
    deadlineMilliseconds: 20_000,
    look: async () => {
      const answered = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] })).then(
        () => "open",
        () => "locked",
      );
      return answered === wanted ? { found: wanted } : { instead: answered };
    },
  });
}

async function deleteRootCredentials(sandbox: SandboxPlace): Promise<void> {
  const iam = await rootIam(sandbox, "IAMDeleteRootUserCredentials");
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({}));
  for (const { AccessKeyId } of AccessKeyMetadata) await iam.send(new DeleteAccessKeyCommand({ AccessKeyId }));
  const { Certificates = [] } = await iam.send(new ListSigningCertificatesCommand({}));
  for (const { CertificateId } of Certificates) await iam.send(new DeleteSigningCertificateCommand({ CertificateId }));
  await iam.send(new DeleteLoginProfileCommand({}));
  const { MFADevices = [] } = await iam.send(new ListMFADevicesCommand({}));
  for (const { SerialNumber } of MFADevices) await iam.send(new DeactivateMFADeviceCommand({ SerialNumber }));
}

async function rootCredentials(sandbox: SandboxPlace): Promise<string> {
  const iam = await rootIam(sandbox, "IAMAuditRootUserCredentials");
  const { SummaryMap: summary = {} } = await iam.send(new GetAccountSummaryCommand({}));
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({}));
  const { Certificates = [] } = await iam.send(new ListSigningCertificatesCommand({}));
  const { MFADevices = [] } = await iam.send(new ListMFADevicesCommand({}));
  return (
    `${summary["AccountPasswordPresent"] ?? 0} password, ${AccessKeyMetadata.length} keys, ` +
    `${Certificates.length} certificates, ${MFADevices.length} MFA`
  );
}

async function rootIam(sandbox: SandboxPlace, task: TaskName): Promise<IAMClient> {
  const management = profileConnection(sandbox, "management");
  const { Credentials } = await new STSClient(management).send(
    new AssumeRootCommand({ TargetPrincipal: member, TaskPolicyArn: { arn: taskPolicyArn(task) } }),
  );
  return new IAMClient(sessionConnection(management, Credentials));
}

function s3(sandbox: SandboxPlace): S3Client {
  return new S3Client({ ...profileConnection(sandbox, "orders", region), forcePathStyle: true });
}

function sqs(sandbox: SandboxPlace): SQSClient {
  return new SQSClient(profileConnection(sandbox, "orders", region));
}
