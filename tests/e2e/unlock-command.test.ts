import { CreateBucketCommand, GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";
import { denyAllBucketPolicy } from "#iam";
import { parseRecordLine, type RecordLine } from "#root-access";
import { sandboxAccounts } from "#simulator";
import { administrator } from "../simulator/clients.ts";
import { checkout, type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const { orders, payments, closed, management } = sandboxAccounts;
const Bucket = "orders-archive";
const lock = JSON.stringify(denyAllBucketPolicy(Bucket));
const slowMilliseconds = 1_500;
const needs = "not checked: needs organizations:ListPoliciesForTarget";

/** The command as it is typed, as the profile `break-glass`: with the permission set of the guides and nothing more. */
describe("break-glass unlock and restore", function () {
  this.timeout(120_000);

  let sandbox: TestSandbox;
  let s3: S3Client;
  let path: (name: string) => string;

  before(async () => {
    const slow = { service: "s3", operation: "DeleteBucketPolicy", calls: [1, 2, 3], milliseconds: slowMilliseconds };
    sandbox = await openTestSandbox({ configured: true, faults: { seed: 1, rules: [{ fault: "slow", ...slow }] } });
    s3 = new S3Client(administrator(sandbox.organization, "orders"));
    path = (name) => join(sandbox.folder, name);
    const LocationConstraint = "ap-northeast-2";
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  });
  after(() => sandbox.close());
  beforeEach(() => hasPolicy(lock));

  async function hasPolicy(Policy: string): Promise<void> {
    const bucket = sandbox.organization.state.buckets.get(Bucket);
    if (bucket !== undefined) bucket.policy = undefined;
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess: true }));
  }

  function breakGlass(...words: readonly string[]): Promise<Ended> {
    return sandbox.run("break-glass", [...words, ...(words.includes("--profile") ? [] : ["--profile", "break-glass"])]);
  }

  async function records(): Promise<readonly RecordLine[]> {
    const names = await readdir(path("records")).catch(() => []);
    const texts = await Promise.all(names.map((name) => readFile(join(path("records"), name), "utf8")));
    return texts.flatMap((lines) => lines.split("\n")).flatMap((line) => parseRecordLine(line) ?? []);
  }

  async function latestBackup(): Promise<string> {
    const names = await readdir(path("backups"));
    return join(path("backups"), names.toSorted().at(-1) ?? "");
  }

  function openedSessions(): number {
    return sandbox.organization.state.trail.filter(({ eventName }) => eventName === "AssumeRoot").length;
  }

  /** Starts an unlock and sends it a signal as soon as its record says that it is about to write. */
  async function stoppedBy(signal: "SIGKILL" | "SIGINT") {
    const before = (await records()).length;
    const words = ["unlock", "s3", Bucket, "--account", orders, "--profile", "break-glass", "--yes"];
    const child = spawn(process.execPath, [join(checkout, "cli", "main.ts"), ...words], {
      cwd: checkout,
      env: sandbox.environment,
    });
    const exit = once(child, "exit");
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    while (!(await records()).slice(before).some(({ event }) => event === "changing")) await pause(20);
    child.kill(signal);
    await exit;
    const [stdout, stderr] = await output;
    // A write that was sent before the signal is done by then.
    await pause(slowMilliseconds + 300);
    return { status: child.exitCode, stdout, stderr, lines: (await records()).slice(before) };
  }

  it("killed, leaves the backup and what it was about to do; the next run finishes the job", async () => {
    const { lines } = await stoppedBy("SIGKILL");
    expect(lines.map(({ event }) => event)).to.deep.equal(["begun", "changing"]);
    const [, changing] = lines;
    const backup = changing?.event === "changing" ? (changing.change.backup ?? "") : "";
    expect(JSON.parse(await readFile(backup, "utf8"))).to.have.property("policy", lock);
    expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes"), 0);
  });

  it("says on Ctrl-C what may have changed and where the backup is, and records it", async () => {
    const { status, stdout, stderr, lines } = await stoppedBy("SIGINT");
    expect(status).to.equal(8);
    expect(stdout).to.equal("");
    expect(stderr).to.include("The policy may or may not have been changed; its backup is ");
    const last = lines.at(-1);
    expect(last?.event === "ended" ? last.result.is : last?.event).to.equal("cancelled");
  });

  it("gets a bucket back that is named by its URL, verified as an ordinary principal", async () => {
    const url = `https://${Bucket}.s3.ap-northeast-2.amazonaws.com/`;
    const words = [
      "--account",
      orders,
      "--yes",
      "--verify-profile",
      "orders",
      "--reason",
      "stuck",
      "--ticket",
      "INC-7",
    ];
    const { stdout, stderr } = expectStatus(await breakGlass("unlock", "s3", url, ...words), 0);
    expect(stdout).to.include(`arn:aws:s3:::${Bucket} is unlocked.`);
    expect(stdout)
      .to.include("Its whole policy is deleted, and kept in ")
      .and.include(`break-glass unlock s3 arn:aws:s3:::${Bucket} --account ${orders} --policy FILE.`);
    expect(stdout).to.include("Verified as profile orders: AWS allows it s3:GetBucketPolicy.");
    expect(stderr).to.match(
      /^ +as arn:aws:sts::222222222222:assumed-role\/AWSReservedSSO_BreakGlassAssumeRoot_[\da-f]{16}\/alice$/m,
    );
    expect(stderr).to.include(`service control policies: ${needs}`).and.include(`resource control policies: ${needs}`);
    const last = (await records()).at(-1);
    expect(last?.event === "ended" && last.why).to.deep.equal({ reason: "stuck", ticket: "INC-7" });
  });

  it("says that the root session alone has verified it where no profile is given", async () => {
    const { stdout } = expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes"), 0);
    expect(stdout).to.include(
      "Verified by the root session alone; --verify-profile verifies as an ordinary principal.",
    );
    const again = expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes"), 0);
    expect(again.stdout).to.include("has no policy: nothing locks it, nothing has been changed.");
  });

  it("asks STS in the Region whatever AWS_STS_REGIONAL_ENDPOINTS prefers", async () => {
    const words = ["unlock", "s3", Bucket, "--account", orders, "--yes", "--profile", "break-glass"];
    const environment = { AWS_STS_REGIONAL_ENDPOINTS: "legacy" };
    expectStatus(await sandbox.run("break-glass", words, { environment }), 0);
    const opened = sandbox.organization.state.trail.findLast(({ eventName }) => eventName === "AssumeRoot");
    expect(opened?.record).to.include('"awsRegion":"ap-northeast-2"');
  });

  it("puts a corrected policy in its place, and the one before back, which was backed up", async () => {
    await writeFile(path("corrected.json"), `\uFEFF${tlsOnly("TlsOnly")}`);
    const put = ["unlock", "s3", Bucket, "--account", orders, "--yes", "--policy", path("corrected.json")];
    expectStatus(await breakGlass(...put), 0);
    expect(await policyNow()).to.equal(tlsOnly("TlsOnly"));
    await writeFile(path("corrected.json"), tlsOnly("TlsAlways"));
    const { stdout } = expectStatus(await breakGlass(...put), 0);
    expect(stdout).to.include("has this policy now.").and.include("The policy as it was is kept in");
    expectStatus(await breakGlass("restore", await latestBackup(), "--yes"), 0);
    expect(await policyNow()).to.equal(tlsOnly("TlsOnly"));
  });

  it("refuses to put a policy back that would lock again", async () => {
    expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes"), 0);
    const { stderr, stdout } = expectStatus(await breakGlass("restore", await latestBackup(), "--yes"), 5);
    expect(stderr).to.include("would lock").and.include("Nothing has been changed.").and.include("--force");
    expect(stdout).to.equal("");
  });

  it("puts back by force what locks, and says that it locks", async () => {
    expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes"), 0);
    const words = ["restore", await latestBackup(), "--yes", "--force"];
    const { stdout } = expectStatus(await breakGlass(...words), 0);
    expect(stdout).to.include("has this policy now. It locks: DenyAll keeps the account's administrators out.");
    expect(sandbox.organization.state.buckets.get(Bucket)?.policy).to.equal(lock);
  });

  it("takes neither what is no policy nor what the AWS CLI prints around one", async () => {
    const put = ["unlock", "s3", Bucket, "--account", orders, "--yes", "--policy"];
    await writeFile(path("half.json"), '{"Version":"2012-10-17","Statement":[{');
    const half = expectStatus(await breakGlass(...put, path("half.json")), 2);
    expect(half.stderr).to.include("half.json is not JSON: ").and.include("Nothing has been changed.");
    await writeFile(path("printed.json"), JSON.stringify({ Policy: tlsOnly("TlsOnly") }));
    const printed = expectStatus(await breakGlass(...put, path("printed.json")), 2);
    expect(printed.stderr)
      .to.include("Give the policy itself: jq -r .Policy ")
      .and.include("Nothing has been changed.");
  });

  it("says that nothing has been changed where AWS does not take the policy", async () => {
    await writeFile(path("queues.json"), tlsOnly("TlsOnly").replace("s3:*", "sqs:*"));
    const put = ["unlock", "s3", Bucket, "--account", orders, "--yes", "--policy", path("queues.json")];
    const { stderr } = expectStatus(await breakGlass(...put), 4);
    expect(stderr).to.include("MalformedPolicy").and.include("\n  Nothing has been changed.\n  Correct what AWS names");
    expect(sandbox.organization.state.buckets.get(Bucket)?.policy).to.equal(lock);
  });

  it("keeps the backup in the folder that is named, for its owner alone, and restores it from there", async () => {
    const unlocking = ["unlock", "s3", Bucket, "--account", orders, "--yes", "--backups", path("elsewhere")];
    expect(expectStatus(await breakGlass(...unlocking), 0).stdout).to.include(path("elsewhere"));
    const [name = ""] = await readdir(path("elsewhere"));
    expect((await stat(path("elsewhere"))).mode & 0o777).to.equal(0o700);
    expect((await stat(join(path("elsewhere"), name))).mode & 0o777).to.equal(0o600);
    const kept = join(path("elsewhere"), name);
    const elsewhere = expectStatus(await breakGlass("restore", kept, "--yes", "--force", "--region", "eu-west-1"), 2);
    expect(elsewhere.stderr).to.include("give --region ap-northeast-2.");
    expectStatus(await breakGlass("restore", kept, "--yes", "--force", "--region", "ap-northeast-2"), 0);
    expect(sandbox.organization.state.buckets.get(Bucket)?.policy).to.equal(lock);
  });

  it("says where backups are to whoever names one that is not there", async () => {
    const { stderr } = expectStatus(await breakGlass("restore", "bucket-orders.json", "--yes"), 2);
    expect(stderr).to.include(`Backups are kept in ${path("backups")}.`);
  });

  it("refuses a backup that is damaged", async () => {
    expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes"), 0);
    await writeFile(
      path("damaged.json"),
      (await readFile(await latestBackup(), "utf8")).replace("DenyAll", "DenyNone"),
    );
    const { stderr } = expectStatus(await breakGlass("restore", path("damaged.json"), "--yes"), 5);
    expect(stderr).to.include("is damaged: its policy is not the one that was backed up");
  });

  it("says what AWS denied and what to do where a policy that may not be read is in the way", async () => {
    const { stderr } = expectStatus(
      await breakGlass("unlock", "s3", "payments-data", "--account", payments, "--yes"),
      3,
    );
    expect(stderr)
      .to.include("explicit deny in a service control policy")
      .and.include("Nothing has been changed.")
      .and.include("Exempt root sessions")
      .and.include("AWS request id: ");
  });

  const stopped = [
    {
      what: "a suspended account",
      words: ["--account", closed],
      says: "(Closed) is not active but suspended",
      code: 3,
    },
    { what: "the management account", words: ["--account", management], says: "is the management account", code: 3 },
    { what: "a foreign account", words: ["--account", "999999999999"], says: "is not in the organization", code: 3 },
    {
      what: "a policy that may be read and denies",
      words: ["--account", payments, "--profile", "management"],
      says: "denies s3:GetBucketPolicy to root sessions in account 444444444444",
      code: 3,
    },
    {
      what: "a caller who may not",
      words: ["--account", orders, "--profile", "orders"],
      says: "sts:AssumeRoot",
      code: 3,
    },
    { what: "a missing account", words: [], says: "Give --account with its 12-digit id.", code: 2 },
    {
      what: "another Region than the bucket's",
      words: ["--account", orders, "--region", "us-east-1"],
      says: "It is in ap-northeast-2: give --region ap-northeast-2.",
      code: 2,
    },
    {
      what: "what is no Region",
      words: ["--account", orders, "--region", "seoul"],
      says: '"seoul" is not a Region. One is named like ap-northeast-2.',
      code: 2,
    },
    {
      what: "a profile to verify as that is another account's",
      words: ["--account", orders, "--verify-profile", "payments"],
      says: `profile payments is of account ${payments}: it cannot verify for account ${orders}`,
      code: 2,
    },
    { what: "a wrong account", words: ["--account", "12"], says: "An account id has twelve digits.", code: 2 },
    {
      what: "a policy file that is not there",
      words: ["--account", orders, "--policy", "/nowhere.json"],
      says: "--policy: /nowhere.json cannot be read",
      code: 2,
    },
    {
      what: "two ways at once",
      words: ["--account", orders, "--policy", "x.json", "--strategy", "delete"],
      says: "cannot be used with option",
      code: 2,
    },
  ];
  for (const { what, words, says, code } of stopped) {
    it(`stops before anything is done at ${what}, with exit code ${code}`, async () => {
      const { stderr, stdout } = expectStatus(await breakGlass("unlock", "s3", Bucket, "--yes", ...words), code);
      expect(stderr).to.include(says);
      expect(stdout).to.equal("");
      expect(sandbox.organization.state.buckets.get(Bucket)?.policy).to.equal(lock);
    });
  }

  it("opens no session where nobody can be asked, or for a queue whose Region is not known", async () => {
    const opened = openedSessions();
    const unasked = expectStatus(await breakGlass("unlock", "s3", Bucket, "--account", orders), 2);
    expect(unasked.stderr).to.include("add --yes, or --dry-run");
    const nowhere = expectStatus(await breakGlass("unlock", "sqs", "orders", "--account", orders, "--yes"), 2);
    expect(nowhere.stderr).to.include("Give --region, or the queue's ARN.");
    expect(openedSessions()).to.equal(opened);
  });

  it("has left no credentials in its records, backups and output, and every line of a record can be read", async () => {
    const { stdout, stderr } = expectStatus(
      await breakGlass("unlock", "s3", Bucket, "--account", orders, "--yes", "--output", "json"),
      0,
    );
    const kept = await Promise.all(
      ["records", "backups"].map(async (folder) =>
        Promise.all((await readdir(path(folder))).map((name) => readFile(join(path(folder), name), "utf8"))),
      ),
    );
    const everything = [stdout, stderr, ...kept.flat()].join("\n");
    expect(sandbox.organization.state.credentials.size).to.be.greaterThan(5);
    for (const [id, credential] of sandbox.organization.state.credentials) {
      const secret = credential.kind === "long-term key" ? credential.key.secret : credential.secretAccessKey;
      expect(everything).not.to.include(id);
      expect(everything).not.to.include(secret);
    }
    const lines = kept[0]?.join("").trimEnd().split("\n") ?? [];
    expect(lines.length).to.be.greaterThan(20);
    for (const line of lines) expect(parseRecordLine(line), line).not.to.equal(undefined);
  });

  async function policyNow(): Promise<string | undefined> {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  }
});

function tlsOnly(Sid: string): string {
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  const statement = { Sid, Effect: "Deny", Principal: "*", Action: "s3:*", Resource, Condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
