import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const question = JSON.stringify(join(import.meta.dirname, "..", "..", "cli", "question.ts"));

/** What a program learns that asks a question and gets these keys, in a terminal that stays open. */
async function answerTo(asked: string, keys: string): Promise<string> {
  const program = `import * as question from ${question}; console.log(String(await question.${asked}))`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  try {
    child.stderr.once("data", () => child.stdin.write(keys));
    const said: readonly unknown[] = await once(child.stdout, "data", { signal: AbortSignal.timeout(8_000) });
    return String(said[0]).trimEnd();
  } finally {
    child.kill("SIGKILL");
  }
}

describe("a question in the terminal", function () {
  this.timeout(20_000);

  const yesOrNo = 'saidYes("Delete it?")';
  const which = 'typed({ message: "Which?" })';

  it("is answered by keys", async () => {
    expect(await answerTo(yesOrNo, "y")).to.equal("true");
    expect(await answerTo(which, "333333333333\r")).to.equal("333333333333");
  });

  for (const [name, key] of [
    ["Ctrl-D", "\u0004"],
    ["Ctrl-C", "\u0003"],
  ] as const) {
    it(`is cancelled by ${name}: nobody has said yes, and the command goes on to its end`, async () => {
      expect(await answerTo(yesOrNo, key)).to.equal("false");
      expect(await answerTo(which, key)).to.equal("undefined");
    });
  }
});
