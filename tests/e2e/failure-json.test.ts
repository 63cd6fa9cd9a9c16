import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sandboxAccounts } from "#simulator";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const { orders, payments, closed } = sandboxAccounts;

const failure = z.strictObject({
  error: z.string(),
  exitCode: z.int(),
  effect: z.string().optional(),
  next: z.string().optional(),
  aws: z.strictObject({ code: z.string(), message: z.string(), requestId: z.string().optional() }).optional(),
});

/** Whoever asks for JSON gets some, also where it went wrong; people still read the same on stderr. */
describe("a failure with --output json", function () {
  this.timeout(120_000);
  this.slow(5_000);

  let sandbox: TestSandbox;
  let bare: TestSandbox;
  let damaged: string;

  before(async () => {
    sandbox = await openTestSandbox({ configured: true });
    bare = await openTestSandbox();
    damaged = join(sandbox.folder, "damaged.json");
    await writeFile(damaged, "{");
  });
  after(async () => {
    await sandbox.close();
    await bare.close();
  });

  function run(words: readonly string[], where = sandbox): Promise<Ended> {
    const profile = words.includes("--profile") ? [] : ["--profile", "break-glass"];
    return where.run("break-glass", [...words, ...profile, "--output", "json"]);
  }

  function told({ stdout }: Ended): z.infer<typeof failure> {
    return failure.parse(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? ""));
  }

  const queue = `arn:aws:sqs:ap-northeast-2:${orders}:orders`;
  const failures: readonly { words: readonly string[]; code: number; error: string; effect: string; next?: string }[] =
    [
      {
        words: ["unlock", "s3", "payments-data", "--account", payments, "--yes"],
        code: 3,
        error: "AWS answered AccessDenied",
        effect: "Nothing has been changed.",
        next: "Exempt root sessions",
      },
      {
        words: ["unlock", "s3", "no-such-bucket", "--account", orders, "--yes"],
        code: 4,
        error: `Account ${orders} has no bucket no-such-bucket.`,
        effect: "Nothing has been changed.",
      },
      {
        words: ["unlock", "sqs", queue],
        code: 2,
        error: "has to be confirmed",
        effect: "Nothing has been changed.",
        next: "add --yes",
      },
      { words: ["unlock", "s3", "orders"], code: 2, error: "is not known", effect: "Nothing has been changed." },
      {
        words: ["unlock", "sqs", queue, "--yes", "--reason", ""],
        code: 2,
        error: "'--reason <text>' argument '' is invalid",
        effect: "Nothing has been changed.",
      },
      {
        words: ["unlock", "sqs", queue, "--yes", "--policy", "/nowhere.json"],
        code: 2,
        error: "/nowhere.json cannot be read",
        effect: "Nothing has been changed.",
      },
      { words: ["restore", "/nowhere.json"], code: 2, error: "/nowhere.json", effect: "Nothing has been changed." },
      { words: ["audit", "--profile", "nobody"], code: 2, error: '"nobody"', effect: "Nothing has been changed." },
      {
        words: ["audit", "--account", closed],
        code: 3,
        error: "is not active but suspended",
        effect: "No root session has been opened.",
        next: "AWS Support",
      },
      {
        words: ["audit", "--profile", "orders"],
        code: 3,
        error: "AccessDenied",
        effect: "Nothing has been changed: an audit only reads.",
      },
      {
        words: ["credentials", "delete", "--all", "--yes"],
        code: 2,
        error: "--all deletes the root credentials of every active member account",
        effect: "Nothing has been changed.",
        next: "add --confirm-all",
      },
      {
        words: ["credentials", "delete", "--account", closed, "--yes"],
        code: 3,
        error: "is not active but suspended",
        effect: "Nothing has been deleted.",
      },
      {
        words: ["credentials", "allow-recovery", "--account", orders, "--yes"],
        code: 5,
        error: `The root user of ${orders} has credentials`,
        effect: "Nothing has been changed.",
        next: "break-glass credentials delete",
      },
    ];
  for (const { words, code, error, effect, next } of failures) {
    it(`${words.join(" ")}: ${code}`, async () => {
      const ended = expectStatus(await run(words), code);
      const document = told(ended);
      expect(document).to.include({ exitCode: code, effect });
      expect(document.error).to.include(error).and.not.include("\n");
      if (next !== undefined) expect(document.next).to.include(next);
      expect(ended.stderr).to.include(error);
    });
  }

  it("has AWS's own words and the request id", async () => {
    const { aws } = told(await run(["unlock", "s3", "payments-data", "--account", payments, "--yes"]));
    expect(aws?.code).to.equal("AccessDenied");
    expect(aws?.message).to.include("explicit deny in a service control policy");
    expect(aws?.requestId).to.match(/^\S{10,}$/);
  });

  it("names the damaged backup", async () => {
    const document = told(expectStatus(await run(["restore", damaged, "--yes"]), 5));
    expect(document).to.include({ exitCode: 5, effect: "Nothing has been changed." });
    expect(document.error).to.include(damaged);
  });

  it("is what status and diagnose end with, too", async () => {
    expect(told(expectStatus(await run(["status"], bare), 3)).error).to.include("there are no usable credentials");
    expect(told(expectStatus(await run(["diagnose", "--minutes", "0"]), 2)).error).to.include("from 1 to 1440");
  });

  it("is for verbs that give JSON alone: a program's own words in a session choose nothing", async () => {
    const words = ["session", "--task", "S3Unlock", "--account", orders, "aws", "sts", "x", "--output", "json"];
    expect(expectStatus(await sandbox.run("break-glass", words), 2).stdout).to.equal("");
  });

  it("is not there without --output json", async () => {
    const words = ["audit", "--account", closed, "--profile", "break-glass", "--output", "csv"];
    expect(expectStatus(await sandbox.run("break-glass", words), 3).stdout).to.equal("");
  });
});
