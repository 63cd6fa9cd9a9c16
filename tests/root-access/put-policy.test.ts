import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { denyAllBucketPolicy, denyAllQueuePolicy } from "#iam";
import {
  type AwsAccess,
  parseBucketTarget,
  parseQueueTarget,
  type PolicyBackup,
  type PolicyChangeProposal,
  putPolicy,
  type PutPolicyRequest,
  type PutPolicyResult,
  readPolicyBackup,
  restore,
  type RestoreRequest,
  unlock,
} from "#root-access";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { latestWritten } from "../../simulator/state/propagating.ts";
import { setEnvironment } from "../set-environment.ts";
import { administrator } from "../simulator/clients.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const Bucket = "orders-archive";
const target = parseBucketTarget(Bucket, { accountId: sandboxAccounts.orders, region: "ap-northeast-2" });
const queue = parseQueueTarget(`arn:aws:sqs:ap-northeast-2:${sandboxAccounts.orders}:orders`, {});
const lock = JSON.stringify(denyAllBucketPolicy(Bucket));
const corrected = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [target.arn, `${target.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});
const publicPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Everybody", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${target.arn}/*` },
  ],
});

describe("a policy that is put, or put back", function () {
  this.timeout(20_000);

  let sandbox: SandboxOrganization;
  let alice: AwsAccess;
  let owner: AwsAccess;
  let s3: S3Client;
  let folder: string;
  let restoreEnvironment: () => void;

  beforeEach(() => organization(300));
  afterEach(closed);

  async function organization(propagationMilliseconds: number): Promise<void> {
    sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    alice = await aliceIn(sandbox);
    const settings = administrator(sandbox, "orders");
    owner = {
      region: settings.region,
      label: "profile orders",
      credentials: () => Promise.resolve(settings.credentials),
    };
    s3 = new S3Client(settings);
    folder = await mkdtemp(join(tmpdir(), "put-policy-"));
    const LocationConstraint = "ap-northeast-2";
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  }

  async function closed(): Promise<void> {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  }

  function common(): Omit<RestoreRequest, "backup"> {
    return { breakGlass: alice, backupFolder: join(folder, "backups"), recordFolder: join(folder, "records") };
  }

  function put(policyText: string, more: Partial<PutPolicyRequest> = {}): Promise<PutPolicyResult> {
    return putPolicy({ target, policyText, ...common(), ...more });
  }

  async function hasPolicy(Policy: string): Promise<void> {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess: true }));
  }

  async function policyNow(): Promise<string | undefined> {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  }

  function rootWrites(): readonly string[] {
    return sandbox.state.trail
      .filter(({ eventName, record }) => /BucketPolicy$/.test(eventName) && record.includes("assumedRoot"))
      .map(({ eventName }) => eventName)
      .filter((name) => !name.startsWith("Get"));
  }

  function openedSessions(): number {
    return sandbox.state.trail.filter(({ eventName }) => eventName === "AssumeRoot").length;
  }

  async function backups(): Promise<readonly PolicyBackup[]> {
    const names = await readdir(join(folder, "backups")).catch(() => []);
    return Promise.all(names.map((name) => readPolicyBackup(join(folder, "backups", name))));
  }

  it("takes the place of the one that locks, which is kept; the ordinary principal is let in", async () => {
    await hasPolicy(lock);
    const { outcome, verification, backup, plan } = await put(corrected, { verifyAs: owner });
    expect(outcome).to.equal("replaced");
    expect(verification).to.deep.equal({ by: "ordinary principal", as: "profile orders", did: "s3:GetBucketPolicy" });
    expect(plan.locks).to.have.length(1);
    expect(await policyNow()).to.equal(corrected);
    expect(rootWrites()).to.deep.equal(["PutBucketPolicy"]);
    expect((await readPolicyBackup(backup ?? "")).policy).to.equal(lock);
  });

  it("is the guides' last step where there is no policy any more: nothing to back up, nothing lost", async () => {
    const { outcome, backup, verification } = await put(corrected);
    expect(outcome).to.equal("replaced");
    expect(backup).to.equal(undefined);
    expect(verification).to.deep.equal({ by: "root session" });
    expect(await policyNow()).to.equal(corrected);
  });

  it("is not written when it is there already, or in a dry run", async () => {
    await hasPolicy(corrected);
    const reordered = `{"Statement":${JSON.stringify((JSON.parse(corrected) as { Statement: unknown }).Statement)},"Version":"2012-10-17"}`;
    expect(await put(reordered)).to.include({ outcome: "in-place-already" });
    await hasPolicy(lock);
    expect(await put(corrected, { dryRun: true })).to.include({ outcome: "would-replace" });
    expect(rootWrites()).to.deep.equal([]);
    expect(await backups()).to.deep.equal([]);
  });

  it("is shown with the backup before anything is written", async () => {
    await hasPolicy(lock);
    const asked: PolicyChangeProposal[] = [];
    const confirm = (proposal: PolicyChangeProposal): Promise<boolean> => Promise.resolve(asked.push(proposal) < 0);
    const error = await rejection(put(corrected, { confirm }));
    expect(error.reason).to.equal("cancelled");
    expect(asked.map(({ policyText, plan }) => [policyText, plan.change])).to.deep.equal([
      [lock, { kind: "put", policyText: corrected }],
    ]);
    expect(rootWrites()).to.deep.equal([]);
  });

  it("comes back from its backup; what was there instead is backed up, too", async () => {
    await hasPolicy(corrected);
    const { backup: first = "" } = await put(another());
    const result = await restore({ ...common(), backup: await readPolicyBackup(first), verifyAs: owner });
    expect(result).to.include({ outcome: "replaced" });
    expect(await policyNow()).to.equal(corrected);
    expect((await backups()).map(({ policy }) => policy)).to.have.members([corrected, another()]);
    const record = await readFile(join(folder, "records", (await readdir(join(folder, "records")))[0] ?? ""), "utf8");
    expect(record).to.include('"verb":"restore s3"').and.include('"strategy":"replace"');
  });

  it("is refused before a session is opened when it would lock again, and put by force", async () => {
    await hasPolicy(lock);
    const { backup: path = "" } = await unlock({ ...common(), target });
    const backup = await readPolicyBackup(path);
    const opened = openedSessions();
    const error = await rejection(restore({ ...common(), backup }));
    expect(error.reason).to.equal("refused");
    expect(error.message).to.include(`would lock ${target.arn}`).and.include("--force");
    expect(openedSessions()).to.equal(opened);

    const notes: string[] = [];
    const onNote = (sentence: string): unknown => notes.push(sentence);
    const forced = await restore({ ...common(), backup, force: true, verifyAs: owner, onNote });
    expect(forced).to.include({ outcome: "replaced" });
    expect(forced.verification).to.deep.equal({ by: "root session" });
    expect(notes).to.deep.equal(["profile orders is not asked: the policy keeps it out."]);
    expect(await unlock({ ...common(), target, verifyAs: owner })).to.include({ outcome: "unlocked" });
  });

  it("comes back from a backup of the first form, which an earlier version took", async () => {
    await hasPolicy(corrected);
    const { backup: path = "" } = await put(another());
    const { whole, ...members } = await readPolicyBackup(path);
    expect(whole).to.be.a("string");
    await writeFile(path, JSON.stringify({ ...members, format: "aws-break-glass/policy-backup/1" }));
    expect(await restore({ ...common(), backup: await readPolicyBackup(path) })).to.include({ outcome: "replaced" });
    expect(await policyNow()).to.equal(corrected);
  });

  const unusable = [
    {
      file: "cut off",
      change: (text: string) => text.slice(0, 80),
      reason: "refused",
      says: "is damaged: it is not JSON",
    },
    {
      file: "changed",
      change: (text: string) => text.replace("TlsOnly", "TlsMaybe"),
      reason: "refused",
      says: "is damaged: its policy is not the one that was backed up",
    },
    ...(["resource", "accountId", "region", "takenAt", "caller"] as const).map((member) => ({
      file: `changed in its ${member}`,
      change: (text: string) => text.replace(new RegExp(`("${member}": ".*?)[1-9]`), "$10"),
      reason: "refused",
      says: "is damaged: its resource, account, Region, time or caller is not what was backed up",
    })),
    {
      file: "without a member",
      change: (text: string) => text.replace(/ {2}"region": .*\n/, ""),
      reason: "refused",
      says: "is damaged: region",
    },
    { file: "of somebody else", change: () => '{"Version":"2012-10-17"}', reason: "usage", says: "is not a backup" },
  ];
  for (const { file, change, reason, says } of unusable) {
    it(`is not put back from a file that is ${file}`, async () => {
      await hasPolicy(corrected);
      const { backup: path = "" } = await put(another());
      await writeFile(path, change(await readFile(path, "utf8")));
      const error = await rejection(readPolicyBackup(path));
      expect(error.reason).to.equal(reason);
      expect(error.message).to.include(path).and.include(says).and.include("Nothing has been changed.");
    });
  }

  it("is not put back from a file that is not there", async () => {
    const error = await rejection(readPolicyBackup(join(folder, "none.json")));
    expect(error.reason).to.equal("usage");
    expect(error.message).to.include("cannot be read");
  });

  it("is refused when it is not JSON, or no policy that this kit knows", async () => {
    expect((await rejection(put("{"))).message).to.include("is not JSON");
    const strange = corrected.replace('"Bool"', '"Booled"');
    expect((await rejection(put(strange))).message).to.include("parts that this command does not know");
    expect(openedSessions()).to.equal(0);
  });

  it("does not replace what this kit does not understand, unless forced; the backup is kept then, too", async () => {
    const strange = corrected.replace('"Bool"', '"Booled"');
    const bucket = sandbox.state.buckets.get(Bucket);
    if (bucket === undefined) throw new Error("there is no bucket");
    bucket.policy = strange;
    const error = await rejection(put(corrected));
    expect(error.reason).to.equal("refused");
    expect(error.message).to.include("has now has parts").and.include("--force");
    expect(rootWrites()).to.deep.equal([]);
    await put(corrected, { force: true });
    expect((await backups()).map(({ policy }) => policy)).to.deep.equal([strange]);
  });

  it("loses nothing when BlockPublicPolicy refuses it, and says what to do", async () => {
    await hasPolicy(corrected);
    const error = await rejection(put(publicPolicy));
    expect(error.reason).to.equal("not-authorized");
    expect(error.failure.effect).to.equal("Nothing has been changed.");
    expect(error.failure.next).to.include("S3 Block Public Access").and.include("--policy FILE");
    expect(await policyNow()).to.equal(corrected);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    expect(await put(publicPolicy)).to.include({ outcome: "replaced" });
  });

  it("says that AWS accepted it when the ordinary principal may do nothing of its own", async () => {
    await hasPolicy(lock);
    const nobody = await userWithoutPolicies();
    const error = await rejection(put(corrected, { verifyAs: nobody }));
    expect(error.reason).to.equal("not-authorized");
    expect(error.failure.effect).to.include("AWS accepted the change").and.include(join(folder, "backups"));
    expect(error.failure.next).to.include("--verify-profile");
    expect(await policyNow()).to.equal(corrected);
  });

  it("takes the place of a queue's, which takes a while to show", async () => {
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const Attributes = { Policy: JSON.stringify(denyAllQueuePolicy(queue.arn)) };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders", Attributes }));
    const sendOnly = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Send", Effect: "Allow", Principal: { AWS: "*" }, Action: "sqs:SendMessage", Resource: queue.arn },
      ],
    });
    const { outcome, verification } = await putPolicy({
      ...common(),
      target: queue,
      policyText: sendOnly,
      verifyAs: owner,
    });
    expect(outcome).to.equal("replaced");
    expect(verification).to.have.property("did", "sqs:GetQueueAttributes");
    const read = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }));
    expect(read.Attributes).to.deep.equal({ Policy: sendOnly });
  });

  it("is written to a queue that reads as if it had it: a removal may not show yet (section 6)", async () => {
    await closed();
    await organization(60_000);
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const policyText = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sqs:SendMessage", Resource: queue.arn }],
    });
    const created = { QueueName: "orders", Attributes: { Policy: policyText } };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand(created));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } }));
    const result = await putPolicy({ ...common(), target: queue, policyText });
    expect(result.outcome).to.equal("replaced");
    expect(result.policyText, "read before the removal showed").to.equal(policyText);
    const written = [...sandbox.state.queues.values()].map(({ attributes }) => latestWritten(attributes).get("Policy"));
    expect(written).to.deep.equal([policyText]);
  });

  async function userWithoutPolicies(): Promise<AwsAccess> {
    const iam = new IAMClient({ ...administrator(sandbox, "orders"), region: "us-east-1" });
    await iam.send(new CreateUserCommand({ UserName: "nobody" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
    const identity = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    return { region: "ap-northeast-2", label: "profile nobody", credentials: () => Promise.resolve(identity) };
  }
});

/** Another policy that locks nobody out. */
function another(): string {
  return corrected.replace("TlsOnly", "TlsAlways");
}
