import { expect } from "chai";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** The command as it is typed, as the profile `break-glass`. Each step builds on the one before. */
describe("break-glass credentials", function () {
  this.timeout(120_000);
  this.slow(10_000);

  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openTestSandbox({ configured: true });
    rename("444444444444", "결제 시스템");
    rename("222222222222", "監査アカウント");
  });
  after(() => sandbox.close());

  function rename(account: string, name: string): void {
    for (const member of sandbox.organization.state.organization.accounts.values()) {
      if (member.id === account) Object.assign(member, { name });
    }
  }

  function credentials(...words: readonly string[]): Promise<Ended> {
    return sandbox.run("break-glass", ["credentials", ...words, "--profile", "break-glass"]);
  }

  function calls(...names: readonly string[]): number {
    return sandbox.organization.state.trail.filter(({ eventName }) => names.includes(eventName)).length;
  }

  const mistakes: readonly (readonly [words: readonly string[], sentence: string])[] = [
    [["delete", "--yes"], "which accounts? Name them with --account, or give --all."],
    [["delete", "--all", "--account", "333333333333", "--yes"], "either --account or --all, not both."],
    [["delete", "--all", "--yes"], "If that is meant, add --confirm-all"],
    [
      ["delete", "--all", "--confirm-all"],
      "nobody can be asked here.\n  Nothing has been changed.\n  To go on, add --yes",
    ],
    [
      ["delete", "--account", "333333333333"],
      "nobody can be asked here.\n  Nothing has been changed.\n  To go on, add --yes",
    ],
    [["delete", "--account", "33", "--yes"], '"33" is not an AWS account id'],
    [["allow-recovery", "--account", "Orders", "--yes"], '--account "Orders" is not an AWS account id'],
    [
      ["allow-recovery", "--account", "222222222222"],
      "nobody can be asked here.\n  Nothing has been changed.\n  To go on, add --yes",
    ],
    [["allow-recovery", "--yes"], "required option '--account <id>' not specified"],
  ];
  for (const [words, sentence] of mistakes) {
    it(`refuses ${words.join(" ")} with 2, before a root session is opened`, async () => {
      expect(expectStatus(await credentials(...words), 2).stderr).to.include(sentence);
      expect(calls("AssumeRoot")).to.equal(0);
    });
  }

  it("delete --dry-run shows what would go, aligned whatever the script of a name, and writes nothing", async () => {
    const { stdout, stderr } = expectStatus(await credentials("delete", "--all", "--dry-run"), 1);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).to.equal("ACCOUNT       NAME            RESULT");
    expect(lines[1]).to.match(/^444444444444 {2}결제 시스템 {5}failed: Could not read/);
    expect(lines[2]).to.match(/^333333333333 {2}Orders {10}would be deleted: access key …OT01, access key …OT02, /);
    expect(lines[3]).to.equal("555555555555  Closed          skipped: suspended");
    expect(lines[4]).to.equal("222222222222  監査アカウント  nothing to delete");
    expect(lines[5]).to.equal("4 accounts: 1 failed, 1 would be deleted, 1 skipped, 1 nothing to delete.");
    expect(stderr).to.include("Dry run: nothing has been deleted.");
    expect(calls("DeleteAccessKey", "DeleteLoginProfile", "DeactivateMFADevice")).to.equal(0);
  });

  it("allow-recovery is refused with 5 where there are credentials", async () => {
    const { stderr } = expectStatus(await credentials("allow-recovery", "--account", "333333333333", "--yes"), 5);
    expect(stderr).to.include("break-glass credentials delete --account 333333333333");
  });

  it("delete ends with 1 while an account failed, and tells each", async () => {
    const accounts = ["333333333333", "444444444444"].flatMap((id) => ["--account", id]);
    const { stdout } = expectStatus(await credentials("delete", ...accounts, "--yes", "--output", "json"), 1);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).to.have.length(3);
    expect(lines).to.deep.include.members([
      {
        account: "333333333333",
        name: "Orders",
        outcome: "deleted",
        deleted: [
          "access key …OT01",
          "access key …OT02",
          "signing certificate SANDBOXSIGNINGCERTIFICATE0000001",
          "password",
          "MFA device root-account-mfa-device",
        ],
      },
    ]);
    expect(lines.at(-1)).to.deep.equal({
      totals: { failed: 1, deleted: 1, "would be deleted": 0, skipped: 0, "nothing to delete": 0 },
    });
  });

  it("delete, done again, finds nothing and ends with 0", async () => {
    const { stdout } = expectStatus(await credentials("delete", "--account", "333333333333", "--yes"), 0);
    expect(stdout).to.include("333333333333  Orders  nothing to delete\n1 account: 1 nothing to delete.");
  });

  it("allow-recovery says what it makes possible and to whom, with and without doing it", async () => {
    const recovery = (...words: readonly string[]): Promise<Ended> =>
      credentials("allow-recovery", "--account", "333333333333", ...words);
    const dry = expectStatus(await recovery("--dry-run"), 0).stdout;
    expect(dry)
      .to.match(/Whoever reads the mail of \S+@\S+ can then set a password/)
      .and.include("Nothing has been changed.");
    expect(calls("CreateLoginProfile")).to.equal(0);
    const { stdout } = expectStatus(await recovery("--yes"), 0);
    expect(stdout).to.include("Password recovery is allowed for the root user of 333333333333.");
    expect(stdout).to.include("take it back: break-glass credentials delete --account 333333333333");
    const again = expectStatus(await recovery("--yes", "--output", "json"), 0).stdout;
    expect(JSON.parse(again)).to.have.property("outcome", "already allowed");
    expect(calls("CreateLoginProfile")).to.equal(1);
  });

  it("says who cannot do this: with 3", async () => {
    const words = ["credentials", "allow-recovery", "--account", "333333333333", "--yes", "--profile", "orders"];
    expectStatus(await sandbox.run("break-glass", words), 3);
  });
});
