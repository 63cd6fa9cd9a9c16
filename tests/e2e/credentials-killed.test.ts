import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseRecordLine } from "#root-access";
import { sandboxAccounts } from "#simulator";
import { expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** `break-glass credentials delete`, killed with -9 while AWS is about to answer. */
describe("break-glass credentials delete, killed", function () {
  this.timeout(120_000);
  this.slow(20_000);

  const words = ["credentials", "delete", "--account", sandboxAccounts.orders, "--yes", "--profile", "break-glass"];

  for (const operation of ["DeleteAccessKey", "DeleteLoginProfile", "DeactivateMFADevice", "DeleteVirtualMFADevice"]) {
    it(`during ${operation}: no password without its MFA, a record of it, and the next run finishes the job`, async () => {
      const rules = [{ fault: "slow", service: "iam", operation, calls: [1], milliseconds: 60_000 }] as const;
      const sandbox = await openTestSandbox({ configured: true, faults: { seed: 1, rules } });
      try {
        const child = spawn("break-glass", words, { env: sandbox.environment, stdio: "ignore" });
        const ended = once(child, "exit");
        await untilUnderWay(sandbox, operation);
        child.kill("SIGKILL");
        await ended;
        expect(passwordWithoutMfa(sandbox)).to.equal(false);
        expect(await recordedEvents(sandbox)).to.deep.equal(["begun", "changing"]);
        const { stdout } = expectStatus(await sandbox.run("break-glass", words), 0);
        expect(stdout).to.match(/deleted: |nothing to delete/);
        expect(rootUser(sandbox)).to.deep.include({ accessKeys: [], signingCertificates: [], mfaDevices: [] });
        expect(rootUser(sandbox)).not.to.have.property("loginProfile");
        expect(await recordedEvents(sandbox)).to.include("ended");
      } finally {
        await sandbox.close();
      }
    });
  }
});

function rootUser({ organization }: TestSandbox) {
  const user = organization.state.iam.get(sandboxAccounts.orders)?.rootUser;
  if (user === undefined) throw new Error("Orders has a root user");
  return user;
}

function passwordWithoutMfa(sandbox: TestSandbox): boolean {
  const { loginProfile, mfaDevices } = rootUser(sandbox);
  return loginProfile !== undefined && mfaDevices.length === 0;
}

/** What stands before it in the order of the work is done. */
function isNext(sandbox: TestSandbox, operation: string): boolean {
  const { signingCertificates, loginProfile, mfaDevices } = rootUser(sandbox);
  switch (operation) {
    case "DeleteLoginProfile":
      return signingCertificates.length === 0;
    case "DeactivateMFADevice":
      return loginProfile === undefined;
    case "DeleteVirtualMFADevice":
      return mfaDevices.length === 0;
    default:
      return true;
  }
}

/** The request is under way a moment later; that it is killed a little before or after it would do, too. */
async function untilUnderWay(sandbox: TestSandbox, operation: string): Promise<void> {
  while (!(await recordedEvents(sandbox)).includes("changing") || !isNext(sandbox, operation)) await delay(20);
  await delay(500);
}

async function recordedEvents({ environment }: TestSandbox): Promise<readonly string[]> {
  const folder = join(environment["BREAK_GLASS_SANDBOX"] ?? "", "records");
  const files = await readdir(folder).catch(() => []);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return texts.flatMap((text) => text.split("\n")).flatMap((line) => parseRecordLine(line)?.event ?? []);
}
