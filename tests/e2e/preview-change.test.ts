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

const renamed = '! Sid : "AllowAssumeRoot" => "AllowRoot"';
const listing = '- [14]: "account:GetAccountInformation"';
const longerListing = [
  '! [14]: "account:GetAccountInformation" => "organizations:DescribeAccount"',
  '! [15]: "organizations:DescribeAccount" => "organizations:ListParents"',
  '! [16]: "organizations:ListParents" => "organizations:ListTagsForResource"',
  '- [17]: "organizations:ListTagsForResource"',
];
const nothingAlerts = ['! [0]: "AssumeRoot" => "Nothing"'];

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

  it("shows what a change does to each policy and rule, nothing else, and nothing secret", async () => {
    edit("iam/break-glass-policy.ts", '  "account:GetAccountInformation",\n', "");
    edit("iam/break-glass-policy.ts", '"AllowAssumeRoot"', '"AllowRoot"');
    edit("iam/break-glass-trust.ts", '      Bool: { "aws:MultiFactorAuthPresent": "true" },\n', "");
    edit("iam/root-user-guardrail.ts", '          Null: { "aws:AssumedRoot": "true" },\n', "");
    edit("iam/github-trust.ts", "StringEquals", "StringLike");
    edit(
      "components/alert-events.ts",
      '["AssumeRoot"], errorCode: [{ exists: false }]',
      '["Nothing"], errorCode: [{ exists: false }]',
    );
    commit("harmless");

    const { stdout, stderr } = expectStatus(await previewChange("--base", "HEAD~1"), 0);
    expect(stdout.startsWith(`${commentMark}\n### What this change does to the organization\n`)).to.equal(true);
    expect(stdout.match(/^### /gm), "the settings of dev are the same").to.have.length(1);
    expect(changes(stdout)).to.deep.equal({
      "root-user-guardrail-policy": ["- Null : {", '- aws:AssumedRoot: "true"'],
      "break-glass-role-222222222222-role": ["- Bool: {", '- aws:MultiFactorAuthPresent: "true"'],
      "break-glass-role-222222222222-policy": [renamed, listing],
      "break-glass-role-with-source-identity-role": ["- Bool : {", '- aws:MultiFactorAuthPresent: "true"'],
      "break-glass-role-with-source-identity-policy": [renamed, listing],
      "BreakGlassAssumeRoot-permission-set": [renamed, listing],
      "BreakGlassAssumeRoot-management-permission-set": [renamed, listing],
      "BreakGlassAudit-permission-set": [renamed, ...longerListing],
      "BreakGlassUnlock-permission-set": [renamed],
      "alerts-111111111111-opened-rule": nothingAlerts,
      "alerts-222222222222-opened-rule": nothingAlerts,
      "deployment-role": workflowTrust("organization"),
      "preview-role": workflowTrust("organization-preview"),
    });
    for (const secret of [...Object.values(planted), repository]) expect(stdout + stderr).to.not.include(secret);
    expect(git(repository, "status", "--porcelain")).to.equal("");
  });

  it("says in one sentence what to do when the base is not there", async () => {
    const { stderr } = expectStatus(await previewChange("--base", "no-such-branch"), 2);
    expect(stderr)
      .to.include("git knows no commit no-such-branch here")
      .and.to.not.match(/^\s+at /m);
  });

  it("previews by the settings of dev as well where those differ, and ends with 1 when that cannot be", async () => {
    const file = join(repository, "Pulumi.dev.yaml");
    writeFileSync(file, `${readFileSync(file, "utf8")}  aws-break-glass:asignments: []\n`);
    const { stdout } = expectStatus(await previewChange("--base", "HEAD"), 1);
    expect(stdout.match(/^### .*$/gm)).to.deep.equal([
      "### This change changes nothing in the organization",
      "### This change cannot be previewed",
    ]);
    expect(stdout).to.include("is deployed by Pulumi.dev.yaml").and.to.include("did you mean assignments?");
    expect(stdout).to.include("with changes that are not committed");
    git(repository, "checkout", "--quiet", "--", file);
  });

  it("writes that the base cannot be deployed, with the reason, and ends with 1", async () => {
    edit("index.ts", "const plan = await", 'throw new Error("a base that is broken");\nconst plan = await');
    commit("a base that is broken");
    git(repository, "checkout", "--quiet", "HEAD~1", "--", "index.ts");
    commit("the repair");
    const text = join(repository, ".git", "change.md");
    const { stdout } = expectStatus(await previewChange("--base", "HEAD~1", "--output", text), 1);
    expect(stdout).to.equal("");
    expect(readFileSync(text, "utf8"))
      .to.match(/^<!-- .* -->\n### This change cannot be previewed: its base cannot be deployed\n/)
      .and.to.include("a base that is broken");
  });

  function previewChange(...words: readonly string[]): Promise<Ended> {
    const script = join(repository, "cli", "change", "main.ts");
    return runToFiles(process.execPath, [script, ...words], repository, { ...process.env, ...planted });
  }

  function edit(path: string, from: string, to: string): void {
    const file = join(repository, path);
    const source = readFileSync(file, "utf8");
    const edited = source.replace(from, to);
    expect(edited, `${path} without ${from}`).to.not.equal(source);
    writeFileSync(file, edited);
  }

  function commit(message: string): void {
    git(repository, "add", "--all");
    const nobody = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid", "-c", "commit.gpgsign=false"];
    git(repository, ...nobody, "commit", "--quiet", "--message", message);
  }
});

/** What the text shows of each resource: the lines that differ, and none that only say where. */
function changes(text: string): Readonly<Record<string, readonly string[]>> {
  const [, ...resources] = text.split(/^! +\S+: \(update\) (?=\S+$)/m);
  return Object.fromEntries(
    resources.map((resource) => {
      const [name = "", ...lines] = resource.split("\n");
      const differing = lines.filter((line) => /^[-+]|^!.* => /.test(line));
      return [name, differing.map((line) => line.replaceAll(/ +/g, " "))];
    }),
  );
}

function workflowTrust(environment: string): readonly string[] {
  const claims = [
    'token.actions.githubusercontent.com:aud: "sts.amazonaws.com"',
    `token.actions.githubusercontent.com:sub: "repo:example/organization:environment:${environment}"`,
  ];
  return [
    ...["StringEquals: {", ...claims].map((line) => `- ${line}`),
    ...["StringLike : {", ...claims].map((line) => `+ ${line}`),
  ];
}

function git(folder: string, ...words: readonly string[]): string {
  return execFileSync("git", words, { cwd: folder, encoding: "utf8" }).trim();
}
