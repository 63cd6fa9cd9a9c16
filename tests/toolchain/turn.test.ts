import { expect } from "chai";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const module = pathToFileURL(join(dirname(dirname(import.meta.dirname)), "toolchain", "setup", "turn.mjs")).href;

// Fails when another process is in the middle of the same: only one can make the folder.
const work = `
import { mkdirSync, rmdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { takeTurn } from ${JSON.stringify(module)};
const leave = await takeTurn(process.argv[1] + "/lock");
mkdirSync(process.argv[1] + "/busy");
await setTimeout(30);
rmdirSync(process.argv[1] + "/busy");
leave();
`;

describe("turns at setting a checkout up", function () {
  this.timeout(30_000);
  this.slow(3000);

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "break-glass-turn-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("are taken one after the other", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(takeTurn));
    expect(answers.map(({ status }) => status)).to.deep.equal([0, 0, 0, 0]);
    expect(existsSync(join(folder, "lock"))).to.equal(false);
  });

  it("end by themselves when their process is gone, whoever sees it first", async () => {
    writeFileSync(join(folder, "lock"), String(endedProcess()));
    const answers = await Promise.all([1, 2, 3, 4].map(takeTurn));
    expect(answers.map(({ status }) => status)).to.deep.equal([0, 0, 0, 0]);
  });

  it("say whom they wait for", async () => {
    writeFileSync(join(folder, "lock"), String(process.pid));
    const waiting = start();
    let said = "";
    for await (const chunk of waiting.stderr.setEncoding("utf8")) {
      said += String(chunk);
      rmSync(join(folder, "lock"));
      break;
    }
    expect(said).to.contain(`waiting for another set-up of this checkout (process ${process.pid})`);
    if (waiting.exitCode === null) await new Promise((resolve) => waiting.once("exit", resolve));
    expect(waiting.exitCode).to.equal(0);
  });

  function start() {
    return spawn(process.execPath, ["--input-type=module", "--eval", work, folder], {
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  async function takeTurn(): Promise<{ status: number | null; output: string }> {
    const child = start();
    const output = text(child.stderr);
    const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { status, output: await output };
  }

  function endedProcess(): number {
    return spawnSync(process.execPath, ["--version"]).pid;
  }
});
