import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { commentMark } from "../../cli/change/change-text.ts";
import { checkout, type Ended, expectStatus, runToFiles } from "./sandbox.ts";

const planted = {
  AWS_ACCESS_KEY_ID: "AKIAPLANTEDPLANTED00",
  AWS_SECRET_ACCESS_KEY: "planted-secret-access-key",
  PULUMI_CONFIG_PASSPHRASE: "planted-passphrase",
  GITHUB_TOKEN: "planted-github-token",
};

describe("npm run preview:change", function () {
  this.timeout("4 minutes");
  this.slow(60_000);

  let repository: string;

  before(() => {
    repository = mkdtempSync(join(tmpdir(), "break-glass-change-"));
    for (const file of git(checkout, "ls-files", "--cached", "--others", "--exclude-standard").split("\n")) {
      mkdirSync(dirname(join(repository, file)), { recursive: true });
      cpSync(join(checkout, file), join(repository, file));
    }
    symlinkSync(join(checkout, "node_modules"), join(repository, "node_modules"));
    mkdirSync(join(repository, ".local"));
    cpSync(join(checkout, ".local", "engine.json"), join(repository, ".local", "engine.json"));
    git(repository, "init", "--quiet", "--initial-branch", "main");
    // The folder of packages is a link here, which .gitignore's "node_modules/" does not match.
    writeFileSync(join(repository, ".git", "info", "exclude"), "node_modules\n");
    commit("the base");
  });

  after(() => {
    rmSync(repository, { recursive: true, force: true });
  });

  it("shows the statement that a change of the policy changes, nothing else, and nothing secret", async () => {
    const file = join(repository, "iam", "break-glass-policy.ts");
    const source = readFileSync(file, "utf8");
    const narrower = source
      .replace('  "account:GetAccountInformation",\n', "")
      .replace('"AllowAssumeRoot"', '"AllowRoot"');
    expect(narrower).to.not.equal(source);
    writeFileSync(file, narrower);
    commit("a narrower policy");

    const { stdout, stderr } = expectStatus(await previewChange("--base", "HEAD~1"), 0);
    expect(stdout.startsWith(`${commentMark}\n### What this change does to the organization\n`)).to.equal(true);
    expect(stdout)
      .to.match(/^~ 1 to update$/m)
      .and.to.match(/^\d+ unchanged$/m);
    expect(stdout).to.match(/^! +aws-native:sso:PermissionSet: \(update\)$/m);
    const changed = stdout.split("\n").filter((line) => /^[-+!] +(\[\d+\]: "|Sid)/.test(line));
    expect(changed.map((line) => line.replaceAll(/ +/g, " "))).to.deep.equal([
      '! Sid : "AllowAssumeRoot" => "AllowRoot"',
      '- [14]: "account:GetAccountInformation"',
    ]);
    for (const secret of [...Object.values(planted), repository]) expect(stdout + stderr).to.not.include(secret);
    expect(git(repository, "status", "--porcelain")).to.equal("");
  });

  it("says in one sentence what to do when the base is not there", async () => {
    const { stderr } = expectStatus(await previewChange("--base", "no-such-branch"), 2);
    expect(stderr)
      .to.include("git knows no commit no-such-branch here")
      .and.to.not.match(/^\s+at /m);
  });

  it("ends with 1 and the reason when the change cannot be previewed", async () => {
    const file = join(repository, "Pulumi.dev.yaml");
    writeFileSync(file, `${readFileSync(file, "utf8")}  aws-break-glass:asignments: []\n`);
    const { stdout } = expectStatus(await previewChange("--base", "HEAD"), 1);
    expect(stdout).to.include("### This change cannot be previewed").and.to.include("did you mean assignments?");
    expect(stdout).to.include("with changes that are not committed");
    git(repository, "checkout", "--quiet", "--", file);
  });

  function previewChange(...words: readonly string[]): Promise<Ended> {
    const script = join(repository, "cli", "change", "main.ts");
    return runToFiles(process.execPath, [script, ...words], repository, { ...process.env, ...planted });
  }

  function commit(message: string): void {
    git(repository, "add", "--all");
    const nobody = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid", "-c", "commit.gpgsign=false"];
    git(repository, ...nobody, "commit", "--quiet", "--message", message);
  }
});

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync("git", words, { cwd: folder, encoding: "utf8" }).trim();
}
