import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { taskNames, taskPolicyDocument } from "#iam";
import { parseRecordLine } from "#root-access";
import { whyNoAwsCli } from "./clients/aws-cli.ts";
import { buildGoProgram } from "./clients/go-program.ts";
import { checkout, type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const root = "arn:aws:iam::333333333333:root";

/** Asks, in the SDK for JavaScript's own way of finding credentials, who one is. */
const javaScriptIdentity = `
  import { STS } from "@aws-sdk/client-sts";
  console.log((await new STS({}).getCallerIdentity({})).Arn);
`;

/** Everything outside that would make a client somebody else, if it reached the command. */
const competing = {
  AWS_PROFILE: "orders",
  AWS_DEFAULT_PROFILE: "management",
  AWS_ACCESS_KEY_ID: "AKIAOUTSIDE",
  AWS_SECRET_ACCESS_KEY: "outside",
  AWS_SESSION_TOKEN: "outside",
  AWS_SECURITY_TOKEN: "outside",
  AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z",
  AWS_ROLE_ARN: "arn:aws:iam::444444444444:role/outside",
  AWS_ROLE_SESSION_NAME: "outside",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/outside/token",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/outside",
  AWS_CONTAINER_AUTHORIZATION_TOKEN: "outside",
  AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1",
  AWS_EC2_METADATA_DISABLED: "false",
  AWS_STS_REGIONAL_ENDPOINTS: "legacy",
  AWS_SDK_LOAD_CONFIG: "1",
};

describe("break-glass session", function () {
  this.timeout(120_000);
  this.slow(10_000);

  let sandbox: TestSandbox;

  /** A home whose files have every profile of the sandbox: what a client reads that is told of no others. */
  let home: string;

  before(async () => {
    sandbox = await openTestSandbox({ configured: true });
    home = await mkdtemp(join(tmpdir(), "break-glass-home-"));
    await mkdir(join(home, ".aws"));
    await copyFile(sandbox.environment["AWS_CONFIG_FILE"] ?? "", join(home, ".aws", "config"));
    await copyFile(sandbox.environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "", join(home, ".aws", "credentials"));
  });
  after(async () => {
    await sandbox.close();
    await rm(home, { recursive: true });
  });

  const sessionWords = ["session", "--account", "333333333333", "--task", "IAMAuditRootUserCredentials"];
  const asAlice = [...sessionWords, "--profile", "break-glass"];

  function session(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return sandbox.run("break-glass", [...asAlice, ...words], { environment });
  }

  describe("makes a program the member's root, whatever is set outside:", () => {
    async function expectRoot(...program: readonly string[]): Promise<void> {
      expect(expectStatus(await session(["--", ...program], { ...competing, HOME: home }), 0).stdout.trim()).to.equal(
        root,
      );
    }

    it("the SDK for JavaScript", () =>
      expectRoot(process.execPath, "--input-type=module", "--eval", javaScriptIdentity));

    it("the AWS CLI", async function () {
      if ((await whyNoAwsCli()) !== undefined) this.skip();
      await expectRoot("aws", "sts", "get-caller-identity", "--query", "Arn", "--output", "text");
    });

    it("the AWS SDK for Go", async function () {
      this.timeout("5 minutes");
      const program = await buildGoProgram();
      if ("missing" in program) this.skip();
      else await expectRoot(program.file, "identity");
    });
  });

  it("has no profile for a program that asks for one by name", async function () {
    if ((await whyNoAwsCli()) !== undefined) this.skip();
    const words = ["--", "aws", "sts", "get-caller-identity", "--profile", "orders"];
    const { status, stderr } = await session(words, { HOME: home });
    expect(status).to.be.greaterThan(0);
    expect(stderr).to.include("The config profile (orders) could not be found");
  });

  it("ends with the program's status, and starts it without a shell", async () => {
    expect(await session(["--", "sh", "-c", "exit 7"])).to.include({ status: 7 });
    expect(await session(["--", "sh", "-c", "kill -TERM $$"])).to.include({ status: 143 });
    expect(expectStatus(await session(["--", "printf", "%s|", "$HOME", "a b", ";"]), 0).stdout).to.equal(
      "$HOME|a b|;|",
    );
  });

  it("ends with 127 or 126, as a shell does, where there is no program to run, and opens no session for it", async () => {
    const opened = assumedRoots();
    const missing = expectStatus(await session(["--", "no-such-program"]), 127);
    expect(missing.stderr).to.include('cannot run "no-such-program": there is no program of that name on PATH.');
    expect(expectStatus(await session(["--", "./no-such-file"]), 127).stderr).to.include("there is no such file.");
    const file = expectStatus(await session(["--", join(home, ".aws", "config")]), 126);
    expect(file.stderr).to.include("it is not a program, or not one that may be executed.");
    expectStatus(await session(["--", home]), 126);
    const words = [join(checkout, "cli", "main.ts"), ...asAlice, "--", "aws", "s3", "ls"];
    const environment = { PATH: dirname(process.execPath) };
    const noCli = expectStatus(await sandbox.run(process.execPath, words, { environment }), 127);
    expect(noCli.stderr).to.include("Install the AWS CLI, or put one into .local of this checkout");
    expect(assumedRoots()).to.equal(opened);
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`passes ${signal} on, once`, async () => {
      const caught = `trap 'echo caught' ${signal.slice(3)}; echo up; n=0; while [ $n -lt 20 ]; do sleep 0.05; n=$((n+1)); done; exit 9`;
      const child = spawn("break-glass", [...asAlice, "--", "sh", "-c", caught], { env: sandbox.environment });
      const printed = await printedUntil(child, "up");
      child.kill(signal);
      const [status] = z.tuple([z.number()]).parse((await once(child, "close")).slice(0, 1));
      expect(status).to.equal(9);
      expect(printed().match(/caught/g)).to.have.length(1);
    });
  }

  it("keeps a record that is complete before the program starts, and no credentials in it", async () => {
    const folder = join(sandbox.environment["BREAK_GLASS_SANDBOX"] ?? "", "records");
    const words = ["--reason", "a drill", "--ticket", "INC-7", "--", "sh", "-c", `cat ${folder}/*; env`];
    const { stdout } = expectStatus(await session(words), 0);
    const lines = stdout.split("\n").flatMap((line) => parseRecordLine(line) ?? []);
    expect(lines.at(-2)).to.deep.include({ event: "begun", why: { reason: "a drill", ticket: "INC-7" } });
    expect(lines.at(-1)).to.have.nested.property("result.sentence").that.includes("to run sh in it");
    const secret = /^AWS_SECRET_ACCESS_KEY=(.+)$/m.exec(stdout)?.[1] ?? "";
    const kept = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
    expect(secret).to.have.length(40);
    expect(kept.join("")).not.to.include(secret);
  });

  describe("prints credentials only when told to:", () => {
    it("without a command and without --print it opens nothing", async () => {
      const opened = assumedRoots();
      const { stderr } = expectStatus(await session([]), 2);
      expect(stderr).to.include("no command: give one after --");
      expectStatus(await session(["--print", "env", "--", "true"]), 2);
      expect(assumedRoots()).to.equal(opened);
    });

    it("--print env makes a shell the session, quoted or not", async () => {
      const words = `break-glass ${asAlice.join(" ")} --print env`;
      const ask = `"${process.execPath}" --input-type=module --eval '${javaScriptIdentity}'`;
      for (const evaluated of [`eval "$(${words})"`, `eval $(${words})`]) {
        const script = `${evaluated}; echo "profile: \${AWS_PROFILE-none}"; ${ask}`;
        const outside = { AWS_DEFAULT_PROFILE: "management", AWS_SECURITY_TOKEN: "outside" };
        const { stdout, stderr } = expectStatus(await sandbox.run("sh", ["-c", script], { environment: outside }), 0);
        expect(stdout).to.equal(`profile: none\n${root}\n`);
        expect(stderr).to.equal("");
      }
    });

    it("--print env ends the subshell of its example where no session is opened", async () => {
      const refused = "break-glass session --task S3UnlockBucketPolicy --account 111111111111 --profile break-glass";
      const script = `(eval "$(${refused} --print env || echo exit 1)"; echo went on); echo "ended with $?"`;
      const { stdout, stderr } = expectStatus(await sandbox.run("sh", ["-c", script]), 0);
      expect(stdout, stderr).to.equal("ended with 1\n");
    });

    for (const print of ["env", "credential-process"]) {
      it(`--print ${print} into a file warns where others can read the file, and only there`, async () => {
        const words = `break-glass ${asAlice.join(" ")} --print ${print}`;
        const into = async (umask: string): Promise<Ended> => {
          const file = join(home, `credentials-${umask}-${print}`);
          const ended = expectStatus(await sandbox.run("sh", ["-c", `umask ${umask}; ${words} > ${file}`]), 0);
          expect(await readFile(file, "utf8")).to.match(/AWS_SECRET_ACCESS_KEY|SecretAccessKey/);
          return ended;
        };
        const { stderr } = await into("022");
        expect(stderr).to.match(
          /^Warning: others can read the file .* \(mode 644\): .* is the root user of 333333333333/,
        );
        for (const [id] of sandbox.organization.state.credentials) expect(stderr).not.to.include(id);
        expect((await into("027")).stderr).to.include("(mode 640)");
        expect((await into("077")).stderr).to.equal("");
      });
    }

    it("--print credential-process serves a profile", async function () {
      if ((await whyNoAwsCli()) !== undefined) this.skip();
      const file = sandbox.environment["AWS_CONFIG_FILE"] ?? "";
      const before = await readFile(file, "utf8");
      const line = `credential_process = break-glass ${asAlice.join(" ")} --print credential-process`;
      await writeFile(file, `${before}\n[profile orders-root]\nregion = ap-northeast-2\n${line}\n`);
      const words = ["sts", "get-caller-identity", "--profile", "orders-root", "--query", "Arn", "--output", "text"];
      expect(expectStatus(await sandbox.run("aws", words), 0).stdout.trim()).to.equal(root);
      const { stdout } = expectStatus(await session(["--print", "credential-process"]), 0);
      expect(JSON.parse(stdout)).to.have.all.keys(
        "Version",
        "AccessKeyId",
        "SecretAccessKey",
        "SessionToken",
        "Expiration",
      );
      expect(JSON.parse(stdout)).to.have.property("Version", 1);
    });

    it("a profile that would ask itself for ever is refused", async () => {
      const file = sandbox.environment["AWS_CONFIG_FILE"] ?? "";
      const words = [...sessionWords, "--profile", "circle", "--print", "credential-process"];
      await writeFile(
        file,
        `${await readFile(file, "utf8")}\n[profile circle]\nregion = us-east-1\ncredential_process = break-glass ${words.join(" ")}\n`,
      );
      const { status, stderr } = await sandbox.run("break-glass", words);
      expect(status).to.equal(3);
      expect(stderr).to.include('the profile "circle" gets its credentials from this command');
      expectStatus(await sandbox.run("break-glass", [...sessionWords, "--print", "credential-process"]), 2);
    });
  });

  it("opens nothing when it is a dry run", async () => {
    const opened = assumedRoots();
    const { stdout } = expectStatus(await session(["--dry-run", "--", "aws", "s3", "ls"]), 0);
    expect(stdout).to.match(
      /^Would open a root session for IAMAuditRootUserCredentials in account 333333333333 as arn:.*alice/,
    );
    expect(assumedRoots()).to.equal(opened);
  });

  const refused: readonly (readonly [words: readonly string[], status: number, sentence: string])[] = [
    [["--account", "1", "--", "true"], 2, '--account "1" is not an AWS account id'],
    [["--task", "S3Unlock", "--", "true"], 2, '--task "S3Unlock" is not a task. The five are: IAMAudit'],
    [["--duration", "901", "--", "true"], 2, "It has to be a whole number from 1 to 900."],
    [["--profile", "nobody", "--", "true"], 2, 'there is no AWS profile "nobody"'],
    [["--account", "555555555555", "--", "true"], 3, "account 555555555555: AWS answered AccessDenied"],
    [["--account", "111111111111", "--", "true"], 3, "the target has to be a member account"],
    [["--profile", "orders", "--", "true"], 3, "delegated administrator"],
  ];
  for (const [words, status, sentence] of refused) {
    it(`refuses ${words.slice(0, 2).join(" ")} with ${status}`, async () => {
      expect(expectStatus(await session(words), status).stderr).to.include(sentence);
    });
  }

  it("says in its help which calls each task leaves, as the task policies do", async () => {
    const { stdout } = expectStatus(await sandbox.run("break-glass", ["session", "--help"]), 0);
    for (const task of taskNames) {
      const [, listed = ""] = new RegExp(`^  ${task}\\n((?:    .*\\n)+)`, "m").exec(stdout) ?? [];
      const [service = "", calls = ""] = listed.trim().split(": ");
      const left = taskPolicyDocument(task).statements.flatMap(({ notActions }) => notActions ?? []);
      expect(
        calls.split(/\s+/).map((call) => `${service}:${call}`),
        task,
      ).to.have.members([...new Set(left)]);
    }
  });

  function assumedRoots(): number {
    return sandbox.organization.state.trail.filter(({ eventName }) => eventName === "AssumeRoot").length;
  }
});

describe("break-glass session, on a bad day", function () {
  this.timeout(60_000);

  it("says what to enable, and starts nothing", async () => {
    const sandbox = await openTestSandbox();
    try {
      const words = [
        "session",
        "--task",
        "SQSUnlockQueuePolicy",
        "--account",
        "333333333333",
        "--profile",
        "management",
      ];
      const { stderr, stdout } = expectStatus(await sandbox.run("break-glass", [...words, "--", "echo", "started"]), 3);
      expect(stderr).to.include("Enable trusted access for iam.amazonaws.com");
      expect(stdout).to.equal("");
    } finally {
      await sandbox.close();
    }
  });

  it("waits out throttling, and says when its command has outlived the session", async () => {
    const rules = [{ fault: "throttled", service: "sts", operation: "AssumeRoot", calls: [1, 2] }] as const;
    const sandbox = await openTestSandbox({ configured: true, faults: { seed: 1, rules } });
    try {
      const words = ["session", "--task", "SQSUnlockQueuePolicy", "--account", "333333333333", "--duration", "1"];
      const late = ["--profile", "break-glass", "--", "sh", "-c", "sleep 2; exit 3"];
      const { stderr } = expectStatus(await sandbox.run("break-glass", [...words, ...late]), 3);
      expect(stderr).to.match(/^The root session ended at \S+Z, before sh did\.$/m);
    } finally {
      await sandbox.close();
    }
  });
});

async function printedUntil(child: ChildProcess, text: string): Promise<() => string> {
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => (printed += part));
  while (!printed.includes(text)) await delay(20);
  return () => printed;
}
