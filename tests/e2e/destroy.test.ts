import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { z } from "zod";
import { readOrganization } from "./organization-found.ts";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import { expectStatus, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const responder = "responder";

/** Everything that the stack can make. */
const settings = {
  delegatedAdministrator: "Audit",
  delegateAccess: { profile: "audit" },
  assignments: [
    { groups: ["break-glass-admins"], users: ["carol"] },
    { account: "Management", users: ["bob"] },
  ],
  breakGlassRole: { trustedPrincipals: [`arn:aws:iam::222222222222:role/${responder}`] },
  rootUserGuardrail: { organizationalUnits: ["Workloads", "Security"] },
  rootSessionGuardrail: {},
  rootAccessAlerts: {
    subscriptions: [{ protocol: "email", endpoint: "security@example.com" }],
    regions: ["us-east-1"],
  },
};

describe("pulumi destroy of the organization stack", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;
  let untouched: unknown;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
    stack = organizationStackRun(sandbox);
    await makeResponder(sandbox);
    untouched = everything(sandbox);
  });

  after(async () => {
    await sandbox.close();
  });

  it("keeps what acts on the whole organization, each thing named with the reason, and nothing else", async () => {
    await stack.up(settings);
    const kept = z.array(z.string()).parse(await outputOf(sandbox, "keptOnDestroy"));
    await stack.pulumi(settings, ["destroy", "--yes", "--skip-preview"]);

    const { trusted, features, delegates, permissionSets } = await readOrganization(sandbox);
    const named = kept.slice(0, -1).map((line) => line.split(":")[0]);
    expect(named).to.deep.equal([
      ...trusted.map((service) => `Trusted access for ${service ?? ""}`),
      ...features.map((feature) => `Root access feature ${feature}`),
      ...delegates.map((account) => `Delegated administrator ${account ?? ""}`),
    ]);
    expect(trusted.concat(features, delegates)).to.have.length(4);
    expect(permissionSets).to.deep.equal([]);
    expect(everything(sandbox)).to.deep.equal(untouched);
  });

  it("removes that, too, where it is told to", async () => {
    const removing = { ...settings, removeOnDestroy: true };
    await stack.up(removing);
    expect(await outputOf(sandbox, "keptOnDestroy")).to.deep.equal([]);
    await stack.pulumi(removing, ["destroy", "--yes", "--skip-preview"]);
    expect(await readOrganization(sandbox)).to.deep.equal({
      trusted: [],
      features: [],
      delegates: [],
      permissionSets: [],
    });
    expect(everything(sandbox)).to.deep.equal(untouched);
    const { stdout } = expectStatus(await sandbox.run("pulumi", ["stack", "export", "--stack", "dev"]), 0);
    expect(stdout).to.not.include('"aws:').and.not.include('"aws-native:');
  });
});

/** What there is of every other kind that the stack makes. */
function everything(sandbox: TestSandbox): unknown {
  const { organization, identityCenter, iam, topics, subscriptions, eventRules, keyAliases } =
    sandbox.organization.state;
  return {
    policies: [...organization.policies.keys()],
    attachments: [...organization.attachments]
      .filter(([, ids]) => ids.size > 0)
      .map(([target, ids]) => [target, [...ids]]),
    assignments: [...identityCenter.assignments],
    roles: [...iam]
      .filter(([, { roles }]) => roles.size > 0)
      .map(([account, { roles }]) => [account, [...roles.keys()]]),
    alerts: [topics, subscriptions, eventRules, keyAliases].map((kind) => [...kind.keys()]),
  };
}

async function makeResponder(sandbox: TestSandbox): Promise<void> {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  };
  const command = new CreateRoleCommand({ RoleName: responder, AssumeRolePolicyDocument: JSON.stringify(trust) });
  await new IAMClient(profileConnection(sandbox, "audit")).send(command);
}

async function outputOf(sandbox: TestSandbox, name: string): Promise<unknown> {
  const words = ["stack", "output", name, "--json", "--stack", "dev", "--non-interactive"];
  return JSON.parse(expectStatus(await sandbox.run("pulumi", words), 0).stdout);
}
