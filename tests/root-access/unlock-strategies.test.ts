import { CreateBucketCommand, GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AwsAccess,
  parseBucketTarget,
  parseQueueTarget,
  unlock,
  type PolicyChangeProposal,
  type UnlockRequest,
  type UnlockResult,
} from "#root-access";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { administrator } from "../simulator/clients.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const Bucket = "orders-archive";
const resources = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
const bucket = parseBucketTarget(Bucket, { accountId: sandboxAccounts.orders, region: "ap-northeast-2" });
const queue = parseQueueTarget(`arn:aws:sqs:ap-northeast-2:${sandboxAccounts.orders}:orders`, {});

const tlsOnly =
  `{ "Sid": "TlsOnly",  "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ${JSON.stringify(resources)},` +
  ` "Condition": { "Bool": { "aws:SecureTransport": "false" } } }`;
const onlyGone =
  `{"Sid":"OnlyGone","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":${JSON.stringify(resources)},` +
  `"Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::${sandboxAccounts.orders}:role/gone"}}}`;

function policyOf(...statements: readonly string[]): string {
  return `{"Version":"2012-10-17","Statement":[${statements.join(",\n  ")}]}`;
}

describe("an unlock by strategy", function () {
  this.timeout(20_000);

  let sandbox: SandboxOrganization;
  let alice: AwsAccess;
  let s3: S3Client;
  let sqs: SQSClient;
  let folder: string;
  let backupFolder: string;
  let recordFolder: string;
  let restoreEnvironment: () => void;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0 });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    alice = await aliceIn(sandbox);
    s3 = new S3Client(administrator(sandbox, "orders"));
    sqs = new SQSClient(administrator(sandbox, "orders"));
    folder = await mkdtemp(join(tmpdir(), "unlock-"));
    backupFolder = join(folder, "backups");
    recordFolder = join(folder, "records");
    const LocationConstraint = "ap-northeast-2";
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  });
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function lockedBy(Policy: string): Promise<void> {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess: true }));
  }

  function unlockBucketWith(more: Partial<UnlockRequest<typeof bucket>> = {}): Promise<UnlockResult> {
    return unlock({ target: bucket, breakGlass: alice, backupFolder, recordFolder, ...more });
  }

  async function policyAsAdministrator(): Promise<string | undefined> {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  }

  /** Writes to the bucket's policy in the member account, as the trail has them. */
  function writes(): readonly string[] {
    return sandbox.state.trail
      .map(({ eventName, record }) => ({ eventName, isRoot: JSON.stringify(record).includes("assumedRoot") }))
      .filter(({ eventName, isRoot }) => isRoot && /^(Put|Delete)BucketPolicy$/.test(eventName))
      .map(({ eventName }) => eventName);
  }

  it("strips what locks, and leaves the rest byte for byte; the whole policy is in the backup", async () => {
    const policy = policyOf(tlsOnly, onlyGone);
    await lockedBy(policy);
    const { outcome, plan, backup = "" } = await unlockBucketWith();
    expect(outcome).to.equal("unlocked");
    expect(plan.locks.map(({ name }) => name)).to.deep.equal(["OnlyGone"]);
    expect(await policyAsAdministrator()).to.equal(policyOf(tlsOnly));
    expect(JSON.parse(await readFile(backup, "utf8"))).to.have.property("policy", policy);
    expect(writes()).to.deep.equal(["PutBucketPolicy"]);
  });

  it("deletes the whole policy where that is wanted", async () => {
    await lockedBy(policyOf(tlsOnly, onlyGone));
    expect(await unlockBucketWith({ strategy: "delete" })).to.include({ outcome: "unlocked" });
    expect(writes()).to.deep.equal(["DeleteBucketPolicy"]);
  });

  for (const strategy of ["strip", "delete"] as const) {
    it(`leaves alone what locks nobody out, by ${strategy} too`, async () => {
      await lockedBy(policyOf(tlsOnly));
      expect(await unlockBucketWith({ strategy })).to.include({ outcome: "not-locked" });
      expect(await policyAsAdministrator()).to.equal(policyOf(tlsOnly));
      expect(writes()).to.deep.equal([]);
      expect(await readdir(backupFolder)).to.deep.equal([]);
    });
  }

  it("changes nothing the second time", async () => {
    await lockedBy(policyOf(tlsOnly, onlyGone));
    await unlockBucketWith();
    expect(await unlockBucketWith()).to.include({ outcome: "not-locked" });
    expect(writes()).to.have.length(1);
  });

  it("says what it would do in a dry run, and does nothing", async () => {
    await lockedBy(policyOf(tlsOnly, onlyGone));
    const { outcome, plan, backup } = await unlockBucketWith({ dryRun: true });
    expect(outcome).to.equal("would-unlock");
    expect(plan.change).to.deep.equal({ kind: "put", policyText: policyOf(tlsOnly) });
    expect(backup).to.equal(undefined);
    expect(writes()).to.deep.equal([]);
    expect(await readdir(backupFolder)).to.deep.equal([]);
  });

  it("asks with the backup on disk, and writes nothing without consent", async () => {
    await lockedBy(policyOf(onlyGone));
    const asked: PolicyChangeProposal[] = [];
    const confirm = (proposal: PolicyChangeProposal): Promise<boolean> => {
      asked.push(proposal);
      return Promise.resolve(false);
    };
    const error = await rejection(unlockBucketWith({ confirm }));
    expect(error.reason).to.equal("cancelled");
    expect(error.failure.effect).to.equal("Nothing has been changed.");
    expect(asked.map(({ policyText, plan }) => [policyText, plan.change])).to.deep.equal([
      [policyOf(onlyGone), { kind: "delete" }],
    ]);
    expect(await readdir(backupFolder)).to.have.length(1);
    expect(writes()).to.deep.equal([]);
  });

  it("strips a queue's policy, too", async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
    const statement = (text: object): string => JSON.stringify({ Principal: "*", Resource: queue.arn, ...text });
    const stays = statement({ Sid: "Send", Effect: "Allow", Action: "sqs:SendMessage" });
    const locks = statement({ Sid: "DenyAll", Effect: "Deny", Action: "SQS:*" });
    const Attributes = { Policy: policyOf(locks, stays) };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    expect(await unlock({ target: queue, breakGlass: alice, backupFolder, recordFolder })).to.include({
      outcome: "unlocked",
    });
    const read = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }));
    expect(read.Attributes).to.deep.equal({ Policy: policyOf(stays) });
  });
});
