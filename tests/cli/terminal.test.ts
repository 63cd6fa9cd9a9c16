import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const terminal = JSON.stringify(join(import.meta.dirname, "..", "..", "cli", "terminal.ts"));

/** How a program ends that has the command's terminal as `terminal`, and what it prints. */
function ended(program: string, environment: NodeJS.ProcessEnv = {}) {
  const words = ["--input-type=module", "--eval"];
  const whole = `import { processTerminal } from ${terminal}; const terminal = processTerminal(); ${program}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words, whole], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

const failing = (code: string): string =>
  `process.stdout.emit("error", Object.assign(new Error("${code}: cannot, write"), { code: "${code}" }));`;

describe("the command's streams", function () {
  this.timeout(20_000);

  it("a full disk lets what is under way end, is told once and is not taken for done", () => {
    const { status, stderr } = ended(`${failing("ENOSPC")} ${failing("ENOSPC")} terminal.note("ended in order");`);
    expect(stderr).to.equal(
      "break-glass: the output is not whole: it could not be written (ENOSPC: cannot, write).\nended in order\n",
    );
    expect(status).to.equal(2);
  });

  it("a full disk leaves the exit code of what has failed anyway", () => {
    expect(ended(`${failing("ENOSPC")} process.exitCode = 4;`).status).to.equal(4);
  });

  it("a reader that has seen enough is no failure", () => {
    expect(ended(`${failing("EPIPE")} terminal.note("ended in order");`)).to.deep.equal({
      status: 0,
      stdout: "",
      stderr: "ended in order\n",
    });
  });

  for (const environment of [{ CI: "true" }, { FORCE_COLOR: "1" }]) {
    it(`nothing is coloured where there is no terminal, not with ${Object.keys(environment).join()} either`, () => {
      expect(ended(`terminal.note(terminal.colours.red("red"));`, environment).stderr).to.equal("red\n");
    });
  }

  it("a line that is replaced is for terminals that can: not for TERM=dumb", () => {
    const program = `process.stderr.isTTY = true; process.stderr.columns = 80; terminal.status("a step"); terminal.note("done");`;
    expect(ended(program, { TERM: "xterm" }).stderr).to.equal("a step\r\u001b[2Kdone\n");
    expect(ended(program, { TERM: "dumb" }).stderr).to.equal("done\n");
  });
});
