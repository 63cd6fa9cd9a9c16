import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runbookBlocks, runbookSettings } from "./runbook/blocks.ts";
import { operator } from "./runbook/pasted.ts";
import { arrangements, outcomes, situationNamed } from "./runbook/situations.ts";
import { checkout, expectStatus, openTestSandbox } from "./sandbox.ts";

/** The command blocks of docs/runbook.md, pasted as they stand there into a plain bash, with the real AWS CLI. */
describe("the runbook", function () {
  this.timeout(180_000);

  const text = readFileSync(join(checkout, "docs", "runbook.md"), "utf8");
  const blocks = runbookBlocks(text);
  let hasAwsCli = false;

  before(async () => {
    const sandbox = await openTestSandbox();
    hasAwsCli = (await sandbox.run("bash", ["-c", "aws --version"])).status === 0;
    await sandbox.close();
  });

  it("shows each of the five cases by the command, by the AWS CLI and in the console", () => {
    const headings = [...text.matchAll(/^(?:## (\d)\. |### (.*))/gm)].map(([, number, way]) => number ?? way);
    const ways = ["With break-glass", "With the AWS CLI", "In the console"];
    expect(headings).to.deep.equal(["1", "2", "3", "4", "5"].flatMap((number) => [number, ...ways]));
    for (const number of ["1.", "2.", "3.", "4.", "5."]) {
      const tested = blocks.filter(({ title }) => title.startsWith(number)).map(({ title }) => title.split(": ")[1]);
      expect(tested, number).to.include.members(["With break-glass", "With the AWS CLI"]);
    }
  });

  it("has no command block that is not run, but the two that every script begins with", () => {
    expect([...text.matchAll(/^```sh$/gm)]).to.have.length(blocks.length + 2);
    expect(runbookSettings(text)).to.include("export PROFILE=").and.include("as_root() (");
  });

  for (const [index, { title, before, after, script }] of blocks.entries()) {
    it(`${index + 1}: ${title}`, async function () {
      if (!hasAwsCli) {
        process.stderr.write("    skipped: there is no AWS CLI here, and no Python to install one with\n");
        this.skip();
      }
      const sandbox = await openTestSandbox({ configured: true });
      try {
        await situationNamed(arrangements, before)(sandbox);
        const pasted = join(sandbox.folder, "pasted");
        writeFileSync(pasted, `${runbookSettings(text)}\n${script}`);
        const where = { folder: sandbox.folder, environment: { AWS_PROFILE: operator.profile } };
        expectStatus(await sandbox.run("sh", ["-c", 'exec bash < "$0"', pasted], where), 0);
        if (after !== undefined) await situationNamed(outcomes, after)(sandbox);
      } finally {
        await sandbox.close();
      }
    });
  }
});
