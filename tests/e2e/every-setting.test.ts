import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect } from "chai";
import { knownSettings } from "#components";
import { alertKeyPolicy, rootUserArn } from "#iam";
import { sandboxAccounts } from "#simulator";
import { baseSettings, changedSettings, givenRole, rounds, settingName, type SettingChange } from "./every-setting.ts";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import type { TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";
import { readStack } from "./stack-seen.ts";

const { management, audit } = sandboxAccounts;
const titles = rounds("").map((changes) => changes.map(settingName));

/**
 * Every setting of the stack changed and changed back by the real engine. Each round changes its settings and changes
 * those of the round before back, so each block builds on the one before.
 */
describe("every setting of the organization stack", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;
  let every: readonly (readonly SettingChange[])[];

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
    stack = organizationStackRun(sandbox);
    await makeAccessRole(sandbox);
    every = rounds(await makeKey(sandbox));
  });

  after(async () => {
    await sandbox.close();
  });

  /** Exactly the changes of one round show; none but those, so what was changed before is changed back. */
  async function expectShown(round: number | undefined): Promise<void> {
    const seen = await readStack(sandbox);
    const shown = every.flat().filter(({ shows }) => shows(seen));
    expect(shown.map(settingName)).to.deep.equal(round === undefined ? [] : titles[round]);
  }

  it("has a place in the table below", () => {
    const known = knownSettings();
    const leaves = known.filter((setting) => !known.some((other) => other.startsWith(`${setting}.`)));
    expect(titles.flat()).to.have.members(leaves);
  });

  it("has none of the changes to begin with; a second run changes nothing, and nothing drifts", async () => {
    await stack.up(baseSettings);
    await stack.expectUnchanged(baseSettings);
    await expectShown(undefined);
  });

  for (const [round, names] of titles.entries()) {
    it(`changes by one run, and no more by a second, without drift: ${names.join(", ")}`, async () => {
      const settings = changedSettings(every[round] ?? []);
      await stack.up(settings);
      await expectShown(round);
      await stack.expectUnchanged(settings);
    });
  }

  it("changes back, and destroy takes all of it away", async () => {
    await stack.up(baseSettings);
    await expectShown(undefined);
    await stack.expectUnchanged(baseSettings);
    await stack.pulumi(baseSettings, ["destroy", "--yes", "--skip-preview"]);
    const { identityCenter, topics, eventRules, organization } = sandbox.organization.state;
    expect([identityCenter.permissionSets.size, topics.size, eventRules.size]).to.deep.equal([0, 0, 0]);
    expect(organization.policies.size).to.equal(3);
  });
});

/** As AWS Organizations makes it in accounts that it creates. */
async function makeAccessRole(sandbox: TestSandbox): Promise<void> {
  const iam = new IAMClient(profileConnection(sandbox, "audit"));
  const statement = { Effect: "Allow", Principal: { AWS: rootUserArn(management) }, Action: "sts:AssumeRole" };
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName: givenRole, AssumeRolePolicyDocument: trust }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachRolePolicyCommand({ RoleName: givenRole, PolicyArn }));
}

/** A key of the management account's that the delegate's topic may be encrypted with, too. */
async function makeKey(sandbox: TestSandbox): Promise<string> {
  const policy = alertKeyPolicy(management);
  const others = {
    Effect: "Allow",
    Principal: { AWS: rootUserArn(audit) },
    Action: ["kms:DescribeKey", "kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
  };
  const Policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, others] });
  const kms = new KMSClient(profileConnection(sandbox, "management"));
  return (await kms.send(new CreateKeyCommand({ Policy }))).KeyMetadata?.Arn ?? "";
}
