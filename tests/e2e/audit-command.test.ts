import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** The command as it is typed, as the profile `break-glass`, in a sandbox that is configured. */
describe("break-glass audit", function () {
  this.timeout(120_000);

  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openTestSandbox({ configured: true, accounts: 3 });
  });
  after(() => sandbox.close());

  function audit(...words: readonly string[]): Promise<Ended> {
    return sandbox.run("break-glass", ["audit", "--profile", "break-glass", ...words]);
  }

  it("lists findings first, totals last, and ends with 1 while an account could not be read", async () => {
    const { stdout, stderr } = expectStatus(await audit(), 1);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).to.match(/^ACCOUNT +NAME +PASSWORD +MFA +KEYS +OLDEST +LAST USED +CERTIFICATES$/);
    expect(lines[1]).to.match(/^333333333333 {2}Orders +yes +1 +2 +\d+ d +never +1$/);
    expect(lines[2]).to.match(/^444444444444 {2}Payments +not read: .*explicit deny in a service control policy/);
    expect(lines.at(-1)).to.equal("7 accounts: 1 with findings, 1 not read, 1 skipped, 4 clean.");
    expect(stderr).to.include("Kept in ").and.include("break-glass audit --resume tries again");
    expect(stderr).not.to.include("\u001b");
  });

  it("ends with 0 whatever was found, unless asked to fail on findings", async () => {
    const { stdout } = expectStatus(await audit("--ou", "Workloads", "--output", "csv"), 0);
    expect(stdout)
      .to.match(/^account,name,outcome/)
      .and.include("333333333333,Orders,findings");
    expectStatus(await audit("--account", "333333333333", "--fail-on-findings"), 1);
    expectStatus(await audit("--account", "222222222222", "--fail-on-findings"), 0);
  });

  it("streams a JSON object a line, the totals last; resumed, the whole audit again", async () => {
    const parse = (text: string): Record<string, unknown>[] =>
      text
        .trimEnd()
        .split("\n")
        .map((line): Record<string, unknown> => Object.fromEntries(Object.entries(JSON.parse(line) as object)));
    const first = parse(expectStatus(await audit("--output", "json"), 1).stdout);
    expect(first).to.have.length(8);
    expect(first.at(-1)).to.have.deep.property("totals", {
      findings: 1,
      "not read": 1,
      skipped: 1,
      clean: 4,
      passwordsWithoutMfa: 0,
    });
    const opened = assumedRoots();
    const second = parse(expectStatus(await audit("--resume", "--output", "json"), 1).stdout);
    expect(second.map(({ account }) => account)).to.have.members(first.map(({ account }) => account));
    expect(second.at(-1)).to.deep.equal(first.at(-1));
    expect(assumedRoots() - opened, "only Payments is read again").to.equal(1);
  });

  it("names the accounts and opens no root session when it is a dry run", async () => {
    const opened = assumedRoots();
    const { stdout } = expectStatus(await audit("--dry-run", "--ou", "Workloads"), 0);
    expect(stdout).to.match(/333333333333 {2}Orders +would be read\n/);
    expect(stdout).to.match(/555555555555 {2}Closed +would be skipped: suspended\n/);
    expect(stdout.indexOf("555555555555"), "as in the audit's own table").to.be.below(stdout.indexOf("333333333333"));
    expect(stdout).not.to.include("222222222222");
    expect(assumedRoots()).to.equal(opened);
  });

  it("keeps its journals in the sandbox's folder", async () => {
    expect(await readdir(join(sandbox.environment["BREAK_GLASS_SANDBOX"] ?? "", "audits"))).not.to.be.empty;
  });

  const mistakes: readonly (readonly [readonly string[], string])[] = [
    [["--account", "1234"], '"1234" is not an AWS account id: it has twelve digits.'],
    [["--ou", "Wrkloads"], 'There is no organizational unit "Wrkloads" below the root; there are: Security, Workloads'],
    [["--resume", "--ou", "Workloads"], "--resume goes on with the accounts that the audit was begun for"],
    [["--output", "xml"], "Allowed choices are table, json, csv."],
  ];
  for (const [words, sentence] of mistakes) {
    it(`says what is wrong with ${words.join(" ")}, and opens no root session`, async () => {
      const opened = assumedRoots();
      const { stdout, stderr } = expectStatus(await audit(...words), 2);
      expect(stderr).to.include(sentence);
      expect(stdout).to.equal("");
      expect(assumedRoots()).to.equal(opened);
    });
  }

  function assumedRoots(): number {
    return sandbox.organization.state.trail.filter(({ eventName }) => eventName === "AssumeRoot").length;
  }
});
