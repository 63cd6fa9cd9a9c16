import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const checkout = dirname(dirname(import.meta.dirname));

const tests = `
describe("a suite", () => {
  it("passes", () => {});
  it("passes, too", () => {});
  it("fails", () => { throw new Error("as it should"); });
  it("is skipped visibly", function () { this.skip(); });
  describe("a suite without what it needs", () => {
    before(function () { this.skip(); });
    it("is skipped visibly, too", () => {});
  });
});
`;

describe("the totals of the tests", function () {
  this.timeout(30_000);
  this.slow(3000);

  it("stand alone on the last line, and a failure fails the run", () => {
    const folder = mkdtempSync(join(tmpdir(), "break-glass-totals-"));
    try {
      const file = join(folder, "some.test.mjs");
      writeFileSync(file, tests);
      const mocha = join(checkout, "node_modules", ".bin", "mocha");
      const { stdout, status } = spawnSync(mocha, [file], { cwd: checkout, encoding: "utf8" });
      expect(stdout.trimEnd().split("\n").at(-1)).to.equal("2 passed, 1 failed, 2 skipped");
      expect(stdout).to.contain("- is skipped visibly");
      expect(status).to.equal(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
