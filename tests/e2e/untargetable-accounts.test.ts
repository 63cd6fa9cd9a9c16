import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { expectStatus, type TestSandbox } from "./sandbox.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const { orders, closed, management } = sandboxAccounts;

/** One rule for every verb: whoever names an account that has no root sessions is told so, with 3. */
describe("an account that is named and has no root sessions", function () {
  this.timeout(120_000);
  this.slow(5_000);

  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins({ configured: true });
  });
  after(() => sandbox.close());

  const accounts = [
    [management, "Account 111111111111 is the management account: root sessions are for member accounts."],
    [closed, "Account 555555555555 (Closed) is not active but suspended."],
    ["999999999999", "Account 999999999999 is not in the organization."],
  ] as const;

  const verbs: readonly ((account: string) => readonly string[])[] = [
    (account) => ["unlock", "s3", "orders-archive", "--account", account, "--yes"],
    (account) => ["unlock", "sqs", `arn:aws:sqs:ap-northeast-2:${account}:orders`, "--dry-run"],
    (account) => ["audit", "--account", account],
    (account) => ["audit", "--account", orders, "--account", account, "--dry-run"],
    (account) => ["credentials", "delete", "--account", account, "--account", orders, "--yes"],
    (account) => ["credentials", "delete", "--account", account, "--dry-run"],
    (account) => ["credentials", "allow-recovery", "--account", account, "--yes"],
  ];

  for (const [account, sentence] of accounts) {
    for (const verb of verbs) {
      it(`ends ${verb(account).join(" ")} with 3, before anything is opened`, async () => {
        const ended = expectStatus(await sandbox.run("break-glass", [...verb(account), "--profile", "break-glass"]), 3);
        expect(ended.stderr)
          .to.include(sentence)
          .and.match(/No root session has been opened|Nothing has been (changed|deleted)/);
        expect(ended.stdout).to.equal("");
      });
    }
  }

  it("opened none, indeed", () => {
    expect(sandbox.organization.state.trail.filter(({ eventName }) => eventName === "AssumeRoot")).to.deep.equal([]);
  });

  for (const [account] of accounts) {
    it(`ends session in ${account} with 3 by AWS's own answer`, async () => {
      const words = ["session", "--task", "S3UnlockBucketPolicy", "--account", account, "--profile", "break-glass"];
      expectStatus(await sandbox.run("break-glass", [...words, "--", "true"]), 3);
    });
  }

  it("is several at once where several are named", async () => {
    const words = ["audit", ...accounts.flatMap(([account]) => ["--account", account]), "--profile", "break-glass"];
    const { stderr } = expectStatus(await sandbox.run("break-glass", words), 3);
    for (const [, sentence] of accounts) expect(stderr).to.include(sentence);
  });

  it("is no failure where nobody named it: it is listed as skipped", async () => {
    const words = ["audit", "--ou", "Workloads", "--profile", "break-glass"];
    expect(expectStatus(await sandbox.run("break-glass", words), 0).stdout).to.include("Closed  skipped: suspended");
  });
});
