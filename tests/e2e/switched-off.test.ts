import { DisableOrganizationsRootSessionsCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { readOrganization } from "./organization-found.ts";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import { openTestSandbox, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";

const { audit, orders } = sandboxAccounts;
const ServicePrincipal = "iam.amazonaws.com";
const settings = { delegatedAdministrator: "Audit", removeOnDestroy: true };
const asConfigured = {
  trusted: [ServicePrincipal],
  features: ["RootCredentialsManagement", "RootSessions"],
  delegates: [audit],
};
const destroy = ["destroy", "--yes", "--skip-preview"];

/** By the real engine; each block builds on the one before. */
describe("the organization stack, when somebody changes the organization behind its back", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;
  let organizations: OrganizationsClient;

  before(async () => {
    sandbox = await openTestSandbox();
    stack = organizationStackRun(sandbox);
    organizations = new OrganizationsClient(profileConnection(sandbox, "management"));
    await stack.up(settings);
  });

  after(async () => {
    await sandbox.close();
  });

  it("says that trusted access and delegate are off, and the line that it names puts them back", async () => {
    await organizations.send(new DeregisterDelegatedAdministratorCommand({ ServicePrincipal, AccountId: audit }));
    await organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
    const { stdout } = await stack.up(settings);
    expect(stdout).to.match(/warning: missing: trusted access: in this stack's state, but switched off at AWS/);
    expect(stdout).to.include(`aws organizations enable-aws-service-access --service-principal ${ServicePrincipal}`);
    expect(stdout).to.include(`missing: delegated administrator: ${audit} (Audit) is in this stack's state`);
    await stack.pulumi(settings, ["refresh", "--yes", "--skip-preview"], 255);

    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
    await repairs();
  });

  it("repairs a feature that is switched off by the same command, though it cannot see it beforehand", async () => {
    const iam = new IAMClient(profileConnection(sandbox, "management"));
    await iam.send(new DisableOrganizationsRootSessionsCommand());
    await repairs();
  });

  it("on destroy leaves to another delegate what it needs, as it said beforehand, and then removes that, too", async () => {
    const other = { ServicePrincipal, AccountId: orders };
    await organizations.send(new RegisterDelegatedAdministratorCommand(other));
    const { stdout } = await stack.up(settings);
    expect(stdout).to.match(new RegExp(`warning: missing: removal on destroy: ${orders} \\(Orders\\)`));
    await stack.pulumi(settings, destroy);
    expect(await readOrganization(sandbox)).to.deep.include({ ...asConfigured, delegates: [orders] });

    await organizations.send(new DeregisterDelegatedAdministratorCommand(other));
    await stack.up(settings);
    await stack.pulumi(settings, destroy);
    expect(await readOrganization(sandbox)).to.deep.include({ trusted: [], features: [], delegates: [] });
  });

  async function repairs(): Promise<void> {
    await stack.pulumi(settings, ["up", "--yes", "--skip-preview", "--refresh"]);
    expect(await readOrganization(sandbox)).to.deep.include(asConfigured);
    expect((await stack.up(settings)).stdout).to.not.match(/missing: (trusted access|delegated administrator)/);
  }
});
