import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { denyAllBucketPolicy } from "#iam";
import {
  type AwsAccess,
  localFolder,
  openAudit,
  parseAccountChoice,
  parseBucketTarget,
  parseRecordLine,
  policyHash,
  recordedRun,
  type RecordLine,
  unlock,
  type UnlockRequest,
  type UnlockResult,
} from "#root-access";
import { type FaultRule, sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { administrator } from "../simulator/clients.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const Bucket = "orders-archive";
const target = parseBucketTarget(Bucket, { accountId: sandboxAccounts.orders, region: "ap-northeast-2" });
const lock = JSON.stringify(denyAllBucketPolicy(Bucket));

describe("the record of a run", function () {
  this.timeout(20_000);

  let sandbox: SandboxOrganization;
  let alice: AwsAccess;
  let folder: string;
  let recordFolder: string;
  let restoreEnvironment: () => void;

  async function lockedBucketWith(...rules: readonly FaultRule[]): Promise<void> {
    sandbox = await startSandboxOrganization({ configured: true, faults: { seed: 1, rules } });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    alice = await aliceIn(sandbox);
    const s3 = new S3Client(administrator(sandbox, "orders"));
    const LocationConstraint = "ap-northeast-2";
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: lock, ConfirmRemoveSelfBucketAccess: true }));
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "records-"));
    recordFolder = join(folder, "made", "records");
  });
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  function unlocked(more: Partial<UnlockRequest<typeof target>> = {}): Promise<UnlockResult> {
    return unlock({ target, breakGlass: alice, backupFolder: join(folder, "backups"), recordFolder, ...more });
  }

  async function files(): Promise<readonly string[]> {
    return (await readdir(recordFolder)).map((name) => join(recordFolder, name));
  }

  async function lines(): Promise<readonly RecordLine[]> {
    const texts = await Promise.all((await files()).map((file) => readFile(file, "utf8")));
    return texts
      .join("")
      .trimEnd()
      .split("\n")
      .flatMap((line) => parseRecordLine(line) ?? []);
  }

  async function lastLine(): Promise<RecordLine & { readonly event: "ended" }> {
    const last = (await lines()).at(-1);
    if (last?.event !== "ended") throw new Error(`the last line is ${JSON.stringify(last)}`);
    return last;
  }

  function openedSessions(): number {
    return sandbox.state.trail.filter(({ eventName }) => eventName === "AssumeRoot").length;
  }

  it("says who, why, what, when and how it ended, with the request ids of AWS", async () => {
    await lockedBucketWith();
    const { backup, caller } = await unlocked({ why: { reason: "orders are stuck", ticket: "INC-7" } });
    const all = await lines();
    expect(all.map(({ event }) => event)).to.deep.equal(["begun", "changing", "ended"]);
    expect(new Set(all.map(({ run }) => run)).size).to.equal(1);
    const record = await lastLine();
    expect(record.who).to.deep.equal({ arn: caller.arn, accountId: sandboxAccounts.audit });
    expect(record.why).to.deep.equal({ reason: "orders are stuck", ticket: "INC-7" });
    expect(record.what).to.deep.equal({
      verb: "unlock s3",
      account: sandboxAccounts.orders,
      resource: target.arn,
      task: "S3UnlockBucketPolicy",
      strategy: "strip",
    });
    expect(record.changes).to.deep.equal([{ policyBefore: policyHash(lock), backup }]);
    expect(record.result).to.deep.equal({
      is: "done",
      sentence: "The policy has been changed, and the change has been seen.",
    });
    const inTrail = new Set(sandbox.state.trail.map(({ record: text }) => /"requestID":"([^"]+)"/.exec(text)?.[1]));
    for (const operation of ["AssumeRoot", "GetBucketPolicy", "DeleteBucketPolicy"]) {
      const request = record.requests.find((one) => one.operation === operation);
      expect(inTrail, operation).to.include(request?.requestId);
    }
  });

  it("is for its owner alone, and holds no credentials", async () => {
    await lockedBucketWith();
    const secrets = await secretsOf(alice);
    await unlocked();
    await unlocked();
    await rejection(unlocked({ signal: AbortSignal.abort() }));
    expect((await stat(recordFolder)).mode & 0o777).to.equal(0o700);
    for (const file of await files()) {
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
      const text = await readFile(file, "utf8");
      expect(text).not.to.match(/(AKIA|ASIA)[A-Z0-9]{12}|secret|token/i);
      for (const secret of secrets) expect(text).not.to.include(secret);
    }
  });

  it("says that there was nothing to do", async () => {
    await lockedBucketWith();
    await unlocked({ strategy: "delete" });
    await unlocked();
    expect((await lastLine()).result).to.deep.equal({
      is: "nothing to do",
      sentence: "The policy has been left as it was.",
    });
  });

  it("marks a dry run, which changes nothing", async () => {
    await lockedBucketWith();
    await unlocked({ dryRun: true });
    const { what, changes, result } = await lastLine();
    expect(what.dryRun).to.equal(true);
    expect(changes).to.deep.equal([]);
    expect(result).to.deep.equal({ is: "done", sentence: "A dry run: the policy would be changed." });
  });

  it("says what failed and what is unchanged, refused requests included", async () => {
    await lockedBucketWith();
    sandbox.state.organization.rootFeatures.clear();
    const error = await rejection(unlocked({ force: true }));
    const { result, requests } = await lastLine();
    expect(result).to.deep.equal({
      is: "failed",
      sentence: error.failure.what,
      effect: "Nothing has been changed.",
    });
    expect(requests.map(({ error: code }) => code)).to.include("AccessDenied");
  });

  it("has a line before the write is sent, so that a killed run leaves what it was about to do", async () => {
    await lockedBucketWith({ fault: "internal-error", service: "s3", operation: "DeleteBucketPolicy" });
    await rejection(unlocked());
    const [, changing] = await lines();
    if (changing?.event !== "changing") throw new Error("there is no line before the write");
    expect(changing.change.policyBefore).to.equal(policyHash(lock));
    expect((await lastLine()).requests.filter(({ operation }) => operation === "DeleteBucketPolicy")).to.have.length(5);
    expect((await lastLine()).result).to.have.property("is", "failed");
  });

  it("tells a run that was cancelled, or that nobody confirmed, from one that failed", async () => {
    await lockedBucketWith();
    await rejection(unlocked({ confirm: () => Promise.resolve(false) }));
    expect((await lastLine()).result).to.include({ is: "cancelled", effect: "Nothing has been changed." });
  });

  it("is a condition for opening a root session", async () => {
    await lockedBucketWith();
    await writeFile(join(folder, "made"), "a file where the folder should be");
    const error = await rejection(unlocked());
    expect(error.reason).to.equal("refused");
    expect(error.message).to.include(recordFolder).and.include("Nothing has been changed.");
    expect(openedSessions()).to.equal(0);
  });

  it("begins on a line of its own where a killed process has left half of one", async () => {
    await lockedBucketWith();
    await unlocked();
    const [file = ""] = await files();
    await appendFile(file, '{"format":"aws-break-glass/record/1","ru');
    await unlocked();
    expect((await lines()).map(({ event }) => event)).to.deep.equal(["begun", "changing", "ended", "begun", "ended"]);
  });

  it("does not undo a success when its last line cannot be written", async () => {
    await lockedBucketWith();
    const notes: string[] = [];
    const value = await recordedRun(
      { folder: recordFolder, what: { verb: "test" }, onNote: (sentence) => notes.push(sentence) },
      async () => {
        await mkdir(join(folder, "made"), { recursive: true });
        await writeFile(recordFolder, "a file where the folder should be");
        return "worked";
      },
    );
    expect(value).to.equal("worked");
    expect(notes.join()).to.include("The end of this run could not be recorded");
  });

  it("is kept of an audit, too, which it leads to", async () => {
    await lockedBucketWith();
    const choice = parseAccountChoice([sandboxAccounts.orders, sandboxAccounts.audit], []);
    await recordedRun({ folder: recordFolder, what: { verb: "audit" } }, async (record) => {
      const audit = await openAudit({ breakGlass: alice, folder: join(folder, "audits"), choice, record });
      for await (const result of audit.run()) expect(result).to.have.property("account");
    });
    const { who, what, requests, result } = await lastLine();
    expect(who?.accountId).to.equal(sandboxAccounts.audit);
    expect(await readFile(what.details ?? "", "utf8")).to.include(sandboxAccounts.orders);
    expect(requests.filter(({ operation }) => operation === "AssumeRoot")).to.have.length(2);
    expect(requests.map(({ operation }) => operation)).to.include("GetAccountSummary");
    expect(result.is).to.equal("done");
  });
});

describe("the folder of records", () => {
  it("is the sandbox's own inside a sandbox", () => {
    const restore = setEnvironment({ BREAK_GLASS_SANDBOX: "/somewhere" });
    expect(localFolder("records")).to.equal("/somewhere/records");
    restore();
  });
});

async function secretsOf({ credentials }: AwsAccess): Promise<readonly string[]> {
  const { accessKeyId, secretAccessKey, sessionToken = "none" } = await credentials();
  return [accessKeyId, secretAccessKey, sessionToken];
}
