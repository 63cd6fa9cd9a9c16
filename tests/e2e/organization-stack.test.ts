import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { breakGlassPolicy } from "#iam";
import { readOrganization } from "./organization-found.ts";
import { type Ended, expectStatus, type TestSandbox } from "./sandbox.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const nothingEnabled = { trusted: [], features: [], delegates: [], permissionSets: [] };

/** The organization stack by the real engine. Each block builds on the one before. */
describe("the organization stack in the sandbox", function () {
  this.timeout(120_000);

  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
  });

  after(async () => {
    await sandbox.close();
  });

  function pulumi(...words: readonly string[]): Promise<Ended> {
    return sandbox.run("pulumi", [...words, "--stack", "dev", "--non-interactive", "--color", "never"]);
  }

  async function settingsFile(name: string, settings: readonly string[]): Promise<string> {
    const file = join(sandbox.folder, name);
    await writeFile(file, ["config:", ...settings.map((line) => `  ${line}`), ""].join("\n"));
    return file;
  }

  describe("with settings that do not fit", () => {
    const refusals: readonly { what: string; settings: readonly string[]; sentences: readonly string[] }[] = [
      {
        what: "wrong accounts and unknown people, all of them at once",
        settings: [
          ...providers("management", "us-east-1"),
          'aws-break-glass:delegatedAdministrator: "555555555555"',
          "aws-break-glass:assignments:",
          '  - { account: "333333333333", groups: [break-glass-admins, nobodies] }',
          "  - { account: 012345670123, users: [mallory, 90676423-0000-4000-8000-000000000000] }",
          '  - { account: "999999999999", users: [alice] }',
        ],
        sentences: [
          "aws-break-glass:delegatedAdministrator: account 555555555555 (Closed) is in state ",
          "aws-break-glass:assignments[0].account: account 333333333333 (Orders) cannot assume root;",
          "aws-break-glass:assignments[0].groups[1]: IAM Identity Center has no group nobodies ",
          "aws-break-glass:assignments[1].account: 1402433619 is not an account id; write its 12 digits in quotation marks",
          "aws-break-glass:assignments[1].users[0]: IAM Identity Center has no user mallory ",
          "aws-break-glass:assignments[1].users[1]: IAM Identity Center has no user 90676423-",
          "aws-break-glass:assignments[2].account: account 999999999999 is not in organization ",
        ],
      },
      {
        what: "the management account as its own delegate",
        settings: [...providers("management", "us-east-1"), 'aws-break-glass:delegatedAdministrator: "111111111111"'],
        sentences: ["aws-break-glass:delegatedAdministrator: 111111111111 is the management account"],
      },
      {
        what: "credentials of a member account",
        settings: providers("audit", "us-east-1"),
        sentences: ["can be configured only from its management account 111111111111."],
      },
      {
        what: "a Region without IAM Identity Center",
        settings: providers("management", "ap-northeast-2"),
        sentences: ["aws:region: there is no IAM Identity Center instance in Region ap-northeast-2;"],
      },
      {
        what: "a misspelt key",
        settings: [...providers("management", "us-east-1"), 'aws-break-glass:delegateAdministrator: "222222222222"'],
        sentences: ["aws-break-glass:delegateAdministrator: there is no such setting;"],
      },
    ];

    for (const { what, settings, sentences } of refusals) {
      it(`says each thing in one sentence and creates nothing: ${what}`, async () => {
        const file = await settingsFile("refused.yaml", settings);
        const { stdout } = expectStatus(await pulumi("up", "--yes", "--skip-preview", "--config-file", file), 255);
        for (const sentence of sentences) expect(stdout).to.include(sentence);
        expect(problemLines(stdout), stdout).to.have.length(sentences.length);
        expect(stdout).to.not.match(/^\s+at .+\.[jt]s:\d+/m, "a stack trace");
        expect(await readOrganization(sandbox)).to.deep.equal(nothingEnabled);
      });
    }
  });

  it("is previewed and sends nothing that changes anything", async () => {
    const { stdout } = expectStatus(await pulumi("preview"), 0);
    expect(stdout).to.match(/\+ 9 to create/);
    expect(await readOrganization(sandbox)).to.deep.equal(nothingEnabled);
  });

  it("is made as configured", async () => {
    const { stdout } = expectStatus(await pulumi("up", "--yes", "--skip-preview"), 0);
    expect(stdout).to.not.include("will not show as a stack output");
    expect(await readOrganization(sandbox)).to.deep.equal({
      trusted: ["iam.amazonaws.com"],
      features: ["RootCredentialsManagement", "RootSessions"],
      delegates: ["222222222222"],
      permissionSets: [
        {
          name: "BreakGlassAssumeRoot",
          description: "Break Glass - sts:AssumeRoot for emergency privileged access",
          sessionDuration: "PT1H",
          inlinePolicy: breakGlassPolicy(),
          assigned: [{ account: "222222222222", type: "GROUP" }],
        },
      ],
    });
  });

  it("says what stands, and what to do with it", async () => {
    const { stdout } = expectStatus(await pulumi("stack", "output", "--json"), 0);
    expect(JSON.parse(stdout)).to.deep.include({
      delegatedAdministrator: "222222222222",
      enabledFeatures: ["RootCredentialsManagement", "RootSessions"],
      assignments: [{ account: "222222222222", permissionSet: "BreakGlassAssumeRoot", group: "break-glass-admins" }],
      keptOnDestroy: [],
    });
    expect(stdout).to.include(".awsapps.com/start");
  });

  it("changes nothing when it is run again or refreshed", async () => {
    expectStatus(await pulumi("preview", "--expect-no-changes"), 0);
    expectStatus(await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"), 0);
  });

  it("moves people without touching the rest", async () => {
    const file = await settingsFile("moved.yaml", [
      ...providers("management", "us-east-1"),
      "aws-break-glass:delegatedAdministrator: Audit",
      "aws-break-glass:removeOnDestroy: true",
      "aws-break-glass:assignments:",
      "  - { groups: [break-glass-admins], users: [carol] }",
      '  - { account: "111111111111", users: [bob] }',
    ]);
    const { stdout } = expectStatus(await pulumi("up", "--yes", "--skip-preview", "--config-file", file), 0);
    expect(stdout).to.match(/\+ 5 created\s+9 unchanged/);
    const { permissionSets } = await readOrganization(sandbox);
    const assigned = new Map(permissionSets.map((set) => [set.name, set.assigned]));
    expect(assigned.get("BreakGlassAssumeRoot")).to.have.deep.members([
      { account: "222222222222", type: "GROUP" },
      { account: "222222222222", type: "USER" },
    ]);
    expect(assigned.get("BreakGlassAssumeRoot-management")).to.deep.equal([{ account: "111111111111", type: "USER" }]);
  });

  it("is taken down in reverse and leaves nothing enabled", async () => {
    const { stdout } = expectStatus(await pulumi("destroy", "--yes", "--skip-preview"), 0);
    const order = [
      "Assignment",
      "PermissionSet",
      "DelegatedAdministrator",
      "OrganizationsFeatures",
      "AwsServiceAccess",
    ];
    const deleted = order.map((type) => stdout.search(new RegExp(`${type} .* deleted \\(`)));
    expect(deleted, stdout).to.deep.equal([...deleted].sort((a, b) => a - b));
    expect(deleted).to.not.include(-1);
    expect(await readOrganization(sandbox)).to.deep.equal(nothingEnabled);
  });

  it("keeps what acts on the whole organization when nothing else is configured, and takes it over the next time", async () => {
    const keeping = await settingsFile("keeping.yaml", [
      ...providers("management", "us-east-1"),
      "aws-break-glass:delegatedAdministrator: Audit",
    ]);
    const kept = {
      trusted: ["iam.amazonaws.com"],
      features: ["RootCredentialsManagement", "RootSessions"],
      delegates: ["222222222222"],
    };
    expectStatus(await pulumi("up", "--yes", "--skip-preview", "--config-file", keeping), 0);
    expectStatus(await pulumi("destroy", "--yes", "--skip-preview", "--config-file", keeping), 0);
    expect(await readOrganization(sandbox)).to.deep.equal({ ...kept, permissionSets: [] });

    const { stdout } = expectStatus(await pulumi("up", "--yes", "--skip-preview"), 0);
    expect(stdout).to.match(/DelegatedAdministrator .* imported/);
    expect(await readOrganization(sandbox)).to.deep.include(kept);
    expectStatus(await pulumi("preview", "--expect-no-changes"), 0);
    expectStatus(await pulumi("destroy", "--yes", "--skip-preview"), 0);
    expect(await readOrganization(sandbox)).to.deep.equal(nothingEnabled);
  });
});

function providers(profile: string, region: string): readonly string[] {
  return ["aws", "aws-native"].flatMap((name) => [`${name}:profile: ${profile}`, `${name}:region: ${region}`]);
}

function problemLines(stdout: string): readonly string[] {
  const [, diagnostics = ""] = stdout.split("Please correct:").slice(-2);
  return diagnostics.split("\n").filter((line) => /^\s+aws(-[a-z-]+)?:/.test(line));
}
