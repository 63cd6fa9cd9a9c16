import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { runbookBlocks, runbookSettings } from "./runbook/blocks.ts";
import { arrangements, outcomes } from "./runbook/situations.ts";
import { checkout, expectStatus, openTestSandbox } from "./sandbox.ts";

/** The command blocks of docs/runbook.md, run as they stand there by bash and the real AWS CLI. */
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

  it("has no command block that is not run, but what every script begins with", () => {
    expect([...text.matchAll(/^```sh$/gm)]).to.have.length(blocks.length + 1);
    expect(runbookSettings(text)).to.include("export PROFILE=");
  });

  for (const [index, { title, before, after, script }] of blocks.entries()) {
    it(`${index + 1}: ${title}`, async function () {
      if (!hasAwsCli) {
        process.stderr.write("    skipped: there is no AWS CLI here, and no Python to install one with\n");
        this.skip();
      }
      const sandbox = await openTestSandbox({ configured: true });
      try {
        const run = (words: string): ReturnType<typeof sandbox.run> =>
          sandbox.run("bash", ["-euo", "pipefail", "-c", words], { folder: sandbox.folder });
        await named(arrangements, before)(sandbox);
        expectStatus(await run(`${runbookSettings(text)}\n${script}`), 0);
        if (after !== undefined) await named(outcomes, after)(sandbox);
      } finally {
        await sandbox.close();
      }
    });
  }
});

function named<Situation>(situations: Readonly<Record<string, Situation>>, name: string): Situation {
  const situation = situations[name];
  if (situation === undefined) throw new Error(`The runbook names a situation that no test knows: ${name}`);
  return situation;
}
