import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ScratchCheckout } from "./scratch-checkout.ts";

const checkout = dirname(dirname(import.meta.dirname));

describe("set-up", function () {
  this.timeout(30_000);
  this.slow(3000);

  let scratch: ScratchCheckout;
  beforeEach(() => {
    scratch = new ScratchCheckout();
  });
  afterEach(() => {
    scratch.remove();
  });

  it("says nothing and changes nothing where everything is done", async () => {
    scratch.addPulumi("3.300.1");
    await scratch.run("setup.mjs");
    expect(await scratch.run("setup.mjs")).to.deep.equal({ status: 0, output: "" });
  });

  it("asks for npm in one sentence where it is missing", async () => {
    rmSync(join(scratch.folder, "node_modules"));
    const { status, output } = await scratch.run("setup.mjs");
    expect(status).to.equal(1);
    expect(output).to.equal(
      "Set-up stopped: npm was not found on PATH; install it (it comes with Node) and try again.\n",
    );
  });

  it("installs anew what belongs to another package-lock.json, and shows the end of npm's log when that fails", async () => {
    scratch.addTool("npm", `case "$1" in ci) echo registry is down; exit 7 ;; esac`);
    const lockFile = join(scratch.folder, "package-lock.json");
    writeFileSync(lockFile, readFileSync(lockFile, "utf8").replace(/"integrity": "sha512-./, `"integrity": "sha512-_`));
    const { status, output } = await scratch.run("setup.mjs");
    expect(status).to.equal(1);
    expect(output).to.contain("set-up: dependencies (npm ci) …");
    expect(output).to.contain(
      "npm ci --ignore-scripts --loglevel=http failed (exit code 7). The end of .local/logs/npm-ci.log:",
    );
    expect(output).to.contain("registry is down");
  });

  it("leaves out what needs Python where there is none, and says what will be missing", async () => {
    scratch.addPulumi("3.300.1");
    const { status, output } = await scratch.run("setup.mjs", { options: ["--with-aws-cli", "--with-moto"] });
    expect(status).to.equal(0);
    const reason = "left out: no Python 3.10 or newer with venv on PATH";
    expect(output).to.contain(`${reason}; tests that need it will be skipped.`);
    expect(output).to.contain(`${reason}; the benchmark has nothing to compare with.`);
  });

  it("makes `npx break-glass` start at once, without asking the registry", () => {
    const manifest = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")));
    const { stdout, status } = spawnSync("npx", ["--offline", "--", "break-glass", "--version"], {
      cwd: join(checkout, "scenarios"),
      encoding: "utf8",
    });
    expect({ stdout, status }).to.deep.equal({ stdout: `${manifest.version}\n`, status: 0 });
  });
});
