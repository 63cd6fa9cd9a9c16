import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";
import { checkout, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** What happens to an audit on Ctrl-C and on a kill that nobody can catch. */
describe("break-glass audit, interrupted", function () {
  this.timeout(120_000);

  const members = 124;
  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openTestSandbox({ configured: true, accounts: members - 4, latencyMilliseconds: 100 });
  });
  after(() => sandbox.close());

  for (const { signal, status } of [
    { signal: "SIGINT", status: 8 },
    { signal: "SIGKILL", status: null },
  ] as const) {
    it(`goes on after ${signal} with what has not been read`, async () => {
      const ended = await auditUntil(30, signal);
      expect(ended.status).to.equal(status);
      if (status !== null)
        expect(ended.stderr).to.match(/Cancelled\.\n.* is kept in .*\n {2}To go on: break-glass audit --resume/);
      expect(ended.shown.length).to.be.within(30, members - 1);

      const before = opened().length;
      const words = ["audit", "--profile", "break-glass", "--resume", "--output", "json"];
      const { stdout } = expectStatus(await sandbox.run("break-glass", words), 1);
      const accounts = [...stdout.matchAll(/"account":"(\d+)"/g)].map(([, account]) => account);
      expect(accounts).to.have.length(members);
      expect(new Set(accounts).size).to.equal(members);
      const reopened = new Set(opened().slice(before));
      expect(reopened, "what could not be read is tried again").to.include("444444444444");
      const shownAgain = ended.shown.filter((account) => reopened.has(account) && account !== "444444444444");
      expect(shownAgain, "read although its result was there").to.deep.equal([]);
    });
  }

  it("prints nothing as a table on Ctrl-C: half of one would look like a whole one", async () => {
    const before = opened().length;
    const words = [join(checkout, "cli", "main.ts"), "audit", "--profile", "break-glass"];
    const child = spawn(process.execPath, words, { cwd: checkout, env: sandbox.environment });
    const exit = once(child, "exit");
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    while (opened().length < before + 30) await pause(20);
    child.kill("SIGINT");
    await exit;
    const [stdout, stderr] = await output;
    expect(child.exitCode).to.equal(8);
    expect(stdout).to.equal("");
    expect(stderr).to.include("To go on: break-glass audit --resume");
  });

  it("sends a second --resume away while one is going on, in one sentence", async () => {
    const words = ["audit", "--profile", "break-glass", "--resume"];
    const before = opened().length;
    const child = spawn(process.execPath, [join(checkout, "cli", "main.ts"), ...words], {
      cwd: checkout,
      env: sandbox.environment,
      stdio: "ignore",
    });
    const exit = once(child, "exit");
    while (opened().length === before) await pause(20);
    // Held in the middle, however fast it is.
    child.kill("SIGSTOP");
    const second = sandbox.run("break-glass", words);
    const { stderr, stdout } = expectStatus(await second, 5);
    expect(stderr).to.match(/Another break-glass audit is writing .+\.jsonl\.\n {2}No root session has been opened\./);
    expect(stdout).to.equal("");
    child.kill("SIGCONT");
    child.kill("SIGINT");
    await exit;
  });

  /** Runs an audit until it has shown so many results, and sends it a signal. */
  async function auditUntil(
    results: number,
    signal: "SIGINT" | "SIGKILL",
  ): Promise<{ status: number | null; stderr: string; shown: readonly string[] }> {
    const words = [join(checkout, "cli", "main.ts"), "audit", "--profile", "break-glass", "--output", "json"];
    const child = spawn(process.execPath, words, { cwd: checkout, env: sandbox.environment });
    const exit = once(child, "exit");
    const stderr = text(child.stderr);
    const shown: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const account = /"account":"(\d+)"/.exec(line)?.[1];
      if (account !== undefined && shown.push(account) === results) child.kill(signal);
    }
    await exit;
    return { status: child.exitCode, stderr: await stderr, shown };
  }

  /** The accounts of all AssumeRoot calls until now, in order. */
  function opened(): readonly string[] {
    return sandbox.organization.state.trail
      .filter(({ eventName }) => eventName === "AssumeRoot")
      .map(({ record }) => targetOf(record));
  }
});

function targetOf(record: string): string {
  return /"targetPrincipal":"(\d+)"/.exec(record)?.[1] ?? "";
}
