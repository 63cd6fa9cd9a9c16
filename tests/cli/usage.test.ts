import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const commandFile = join(import.meta.dirname, "..", "..", "cli", "main.ts");

/** What cannot be meant is refused in one sentence, with 2, before a profile is looked for. */
describe("the command refuses with one sentence and exit code 2", function () {
  this.timeout(20_000);
  this.slow(3_000);

  function expectRefusal(words: readonly string[], sentence: string): void {
    const { status, stdout, stderr } = spawnSync(process.execPath, [commandFile, ...words], { encoding: "utf8" });
    expect(stderr).to.include(sentence);
    expect(stderr.trimEnd().split("\n"), stderr).to.have.length(2);
    expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
  }

  const account = ["--account", "333333333333"];
  const recorded: readonly (readonly string[])[] = [
    ["unlock", "s3", "orders-archive", ...account],
    ["unlock", "sqs", "arn:aws:sqs:ap-northeast-2:333333333333:orders"],
    ["restore", "backup.json"],
    ["audit"],
    ["credentials", "delete", ...account],
    ["credentials", "allow-recovery", ...account],
    ["session", "--task", "S3UnlockBucketPolicy", ...account],
  ];
  for (const words of recorded) {
    it(`${words.join(" ")}: a reason or a ticket of nothing or blanks`, () => {
      expectRefusal([...words, "--reason", ""], "'--reason <text>' argument '' is invalid. It says nothing:");
      expectRefusal([...words, "--ticket", " \t"], "'--ticket <id>' argument ' \t' is invalid. It says nothing:");
    });
  }

  for (const minutes of ["0", "-1", "1.5", "1441", "99999999999999999999", "", "soon"]) {
    it(`diagnose --minutes "${minutes}"`, () => {
      expectRefusal(["diagnose", "--minutes", minutes], "It has to be a whole number from 1 to 1440.");
    });
  }

  for (const seconds of ["0", "901", "-1", "1.5"]) {
    it(`session --duration ${seconds}`, () => {
      const words = ["session", "--task", "S3UnlockBucketPolicy", ...account, "--duration", seconds, "--", "true"];
      expectRefusal(words, "It has to be a whole number from 1 to 900.");
    });
  }
});
