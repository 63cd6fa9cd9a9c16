import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { denyAllBucketPolicy } from "#iam";
import { abandonedSandboxFolders } from "../../cli/sandbox/folder.ts";
import { checkout, expectStatus, openTestSandbox, runToFiles } from "./sandbox.ts";

const command = join(checkout, "cli", "main.ts");
const scenarios = join(checkout, "scenarios");
const up = ["up", "--yes", "--skip-preview", "--stack", "dev", "--non-interactive", "--color", "never"];

/** Settings that would lead to real AWS, if anything in the rehearsal listened to them. */
const misleading = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  AWS_PROFILE: "nobody",
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL: "https://192.0.2.1",
  AWS_ENDPOINT_URL_S3: "https://192.0.2.1",
  PULUMI_BACKEND_URL: "https://192.0.2.1",
  PULUMI_STACK: "production",
};

describe("the rehearsal", function () {
  this.timeout(300_000);

  it("walks the whole mission, whatever AWS and Pulumi settings surround it, and leaves nothing behind", async () => {
    const before = await abandonedSandboxFolders();
    const statusBefore = await gitStatus();
    const environment = { ...process.env, ...misleading };
    const ended = expectStatus(await runToFiles(process.execPath, [command, "rehearse"], checkout, environment), 0);
    expect(ended.stderr).to.contain("The rehearsal is complete.");
    expect(ended.stderr).to.match(/The drill holds: (\d+) of \1 proofs\./);
    expect(ended.stderr).to.contain("an unlocked fixture is not locked again");
    expect(before).to.include.members(await abandonedSandboxFolders());
    expect(await gitStatus()).to.equal(statusBefore);
  });

  it("ends what it started when it is interrupted, says where the logs are, and exits with 8", async () => {
    const before = await abandonedSandboxFolders();
    const child = spawn(process.execPath, [command, "rehearse"], {
      cwd: checkout,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    for await (const chunk of child.stderr) {
      said += String(chunk);
      if (said.includes("start a local AWS organization") && !said.includes("Stopping")) child.kill("SIGINT");
    }
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode, said).to.equal(8);
    expect(said).to.match(/What each step printed is in \S+rehearsal-/);
    expect(before).to.include.members(await abandonedSandboxFolders());
  });

  it("ends what it started when its terminal is closed and nobody reads along any more", async () => {
    const before = await abandonedSandboxFolders();
    const child = spawn(process.execPath, [command, "rehearse"], {
      cwd: checkout,
      stdio: ["ignore", "ignore", "pipe"],
    });
    for await (const chunk of child.stderr) {
      if (String(chunk).includes("start a local AWS organization")) break;
    }
    child.stderr.destroy();
    child.kill("SIGHUP");
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).to.equal(8);
    expect(before).to.include.members(await abandonedSandboxFolders());
  });

  it("fails the drill with 1 when the lock has a hole, and names the proof that did not hold", async () => {
    const sandbox = await openTestSandbox({ configured: true });
    try {
      expectStatus(await sandbox.run("pulumi", up, { folder: scenarios }), 0);
      const [bucket] = sandbox.organization.state.buckets.values();
      if (!bucket) throw new Error("The scenarios stack made no bucket.");
      bucket.policy = JSON.stringify(withHole(bucket.name));
      const ended = expectStatus(await sandbox.run("break-glass", ["drill", "run"]), 1);
      expect(ended.stdout).to.match(/✗.* the bucket.s policy denies s3:ListBucket/);
      expect(ended.stdout).to.contain("The drill does not hold");
      expect(bucket.policy, "the glass is not broken for a lock that is not proven").to.not.equal(undefined);
    } finally {
      await sandbox.close();
    }
  });
});

/** The drill's lock, but listing is left open. */
function withHole(bucket: string): object {
  const lock = denyAllBucketPolicy(bucket);
  const [statement] = lock.Statement;
  return { ...lock, Statement: [{ ...statement, Action: undefined, NotAction: "s3:ListBucket" }] };
}

async function gitStatus(): Promise<string> {
  return (await runToFiles("git", ["status", "--porcelain"], checkout, process.env)).stdout;
}
