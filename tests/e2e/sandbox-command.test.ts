import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkout, type Ended, runToFiles } from "./sandbox.ts";

const folders = join(checkout, ".local", "sandboxes");
const commandFile = join(checkout, "cli", "main.ts");

/** `break-glass sandbox` as somebody types it who has not read the manual, and as it is stopped. */
describe("break-glass sandbox", function () {
  this.timeout(120_000);
  this.slow(20_000);

  let scratch: string;
  let taken: Server;
  let takenPort: number;
  const running = new Set<ChildProcess>();

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "break-glass-sandbox-"));
    taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    takenPort = typeof address === "object" && address !== null ? address.port : 0;
  });

  after(async () => {
    for (const child of running) child.kill("SIGKILL");
    taken.close();
    await rm(scratch, { recursive: true });
  });

  const sandbox = (...words: readonly string[]): Promise<Ended> =>
    runToFiles(process.execPath, [commandFile, "sandbox", ...words], checkout, process.env);

  describe("refuses with one sentence and exit code 2", () => {
    const wrong: readonly (readonly [words: readonly string[], sentence: string])[] = [
      [["--port", "abc"], "It has to be a whole number from 0 to 65535."],
      [["--port", "65536"], "It has to be a whole number from 0 to 65535."],
      [["--accounts", "-1"], "It has to be a whole number from 0 to 100000."],
      [["--accounts", "abc"], "It has to be a whole number from 0 to 100000."],
      [["--latency", "1s"], "It has to be a whole number from 0 to 60000."],
      [["--propagation", "-1"], "It has to be a number of seconds from 0 to 600, for example 0.5."],
      [["--acounts", "5"], "Did you mean --accounts?"],
      [["--faults", "no-such-file.json"], "--faults no-such-file.json cannot be used. There is no such file."],
      [["--faults", tmpdir()], "cannot be used. It is a folder."],
    ];
    for (const [words, sentence] of wrong) {
      it(`sandbox ${words.join(" ").replace(checkout, ".")}`, async () => {
        expectRefusal(await sandbox(...words), sentence);
      });
    }

    it("a port that another program has", async () => {
      expectRefusal(await sandbox("--port", String(takenPort), "--", "true"), `--port ${takenPort} is taken`);
    });

    it("a file of faults, with the place in it", async () => {
      const file = join(scratch, "faults.json");
      await writeFile(file, '{ "rules": [{ "fault": "slow", "operation": "AssumeRot" }] }');
      expectRefusal(
        await sandbox("--faults", file),
        `--faults ${file} cannot be used. rules[0].operation: "AssumeRot"`,
      );
      await writeFile(file, '{ "rules": [{ "fault": "slow", "account": "999999999999" }] }');
      expectRefusal(await sandbox("--faults", file, "--", "true"), "rules[0].account: the sandbox organization has no");
    });
  });

  it("ends as a shell does where its command is not there or not a program", async () => {
    expectRefusal(
      await sandbox("--", "no-such-program"),
      'cannot run "no-such-program": there is no program of that name on PATH.',
      127,
    );
    expectRefusal(await sandbox("--", "./no-such-file"), 'cannot run "./no-such-file": there is no such file.', 127);
    expectRefusal(
      await sandbox("--", join(checkout, "package.json")),
      "it is not a program, or not one that may be executed.",
      126,
    );
    const script = join(scratch, "script");
    await writeFile(script, "#!/no/such/interpreter\n");
    await chmod(script, 0o755);
    expectRefusal(await sandbox("--", script), "the interpreter that its first line names is not there.", 126);
  });

  it("ends with its command's status", async () => {
    expect(await sandbox("--", "sh", "-c", "exit 7")).to.include({ status: 7, stdout: "" });
    expect(await sandbox("sh", "-c", "kill -TERM $$")).to.include({ status: 143 });
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`${signal}, which npm sends twice, ends it in order`, async () => {
      const child = start();
      await until("it answers", () => child.printed().includes("until Ctrl-C"));
      child.process.kill(signal);
      child.process.kill(signal);
      expect(await child.ended).to.equal(0);
      expect(child.printed()).to.contain("The sandbox is gone, with everything in it.");
      expect(foldersOf(child.process)).to.deep.equal([]);
    });
  }

  it("SIGTERM reaches the command, which may end as it likes", async () => {
    const script = join(scratch, "command");
    await writeFile(script, "#!/bin/sh\ntrap 'exit 9' TERM\necho up\nwhile :; do sleep 0.1; done\n");
    await chmod(script, 0o755);
    const child = start("--", script);
    await until("the command is up", () => child.printed().includes("up\n"));
    child.process.kill("SIGTERM");
    expect(await child.ended).to.equal(9);
    expect(foldersOf(child.process)).to.deep.equal([]);
  });

  it("Ctrl-C while it is being set up leaves nothing", async () => {
    const child = start("--", "echo", "started");
    await until("its folder is there", () => foldersOf(child.process).length > 0);
    child.process.kill("SIGINT");
    // On a busy machine the signal may come when the command has just been started: then it has ended as usual.
    const isStarted = (await child.ended) === 0;
    expect(child.printed()).to.contain(isStarted ? "started" : 'cancelled before "echo" was started.');
    expect(child.process.exitCode).to.equal(isStarted ? 0 : 8);
    expect(foldersOf(child.process)).to.deep.equal([]);
  });

  it("what a killed one left, the next one clears away", async () => {
    const child = start();
    await until("it answers", () => child.printed().includes("until Ctrl-C"));
    child.process.kill("SIGKILL");
    await child.ended;
    expect(foldersOf(child.process)).to.have.length(1);
    expect(await sandbox("--", "true")).to.include({ status: 0 });
    expect(foldersOf(child.process)).to.deep.equal([]);
  });

  function start(...words: readonly string[]): {
    process: ChildProcess;
    printed: () => string;
    ended: Promise<number | null>;
  } {
    const child = spawn(process.execPath, [commandFile, "sandbox", ...words], { cwd: checkout });
    running.add(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
    }
    const ended = new Promise<number | null>((resolve) => {
      child.once("close", (code) => {
        running.delete(child);
        resolve(code);
      });
    });
    return { process: child, printed: () => printed, ended };
  }
});

function expectRefusal({ status, stdout, stderr }: Ended, sentence: string, expected = 2): void {
  expect(stderr).to.contain(sentence);
  expect({ status, stdout }).to.deep.equal({ status: expected, stdout: "" });
}

function foldersOf({ pid }: ChildProcess): readonly string[] {
  return readdirSync(folders).filter((name) => name.startsWith(`${pid ?? ""}-`));
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within a minute`);
    await delay(2);
  }
}
