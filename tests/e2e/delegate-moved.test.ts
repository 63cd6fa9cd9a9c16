import { OrganizationsClient, RegisterDelegatedAdministratorCommand } from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import { openTestSandbox, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { readStack } from "./stack-seen.ts";

const { audit, orders, management } = sandboxAccounts;
const ServicePrincipal = "iam.amazonaws.com";

const watched = {
  rootSessionGuardrail: {},
  rootAccessAlerts: { subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }], regions: ["us-east-1"] },
};
const auditIsDelegate = { ...watched, delegatedAdministrator: "Audit", delegateAccess: { profile: "audit" } };
const ordersIsDelegate = { ...watched, delegatedAdministrator: "Orders", delegateAccess: { profile: "orders" } };

/** Nothing here removes anything on `pulumi destroy`, which is the default. Each block builds on the one before. */
describe("the delegate of the organization stack, moved", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;

  before(async () => {
    sandbox = await openTestSandbox();
    stack = organizationStackRun(sandbox);
  });

  after(async () => {
    await sandbox.close();
  });

  /** The accounts that may open root sessions beside the management account, and those that are watched. */
  async function seen(): Promise<Record<"delegates" | "watched" | "guarded", readonly (string | undefined)[]>> {
    const { delegates, topics, guardrails } = await readStack(sandbox);
    return {
      delegates,
      watched: topics.map(({ arn }) => arn.split(":")[4]).sort(),
      guarded: guardrails["OnlyBreakGlassAssumesRoot"]?.targets ?? [],
    };
  }

  it("takes the former one's right away in the run that takes its alerts and its guardrail away", async () => {
    await stack.up(auditIsDelegate);
    expect(await seen()).to.deep.equal({ delegates: [audit], watched: [management, audit], guarded: [audit] });
    const { trail } = sandbox.organization.state;
    const { length } = trail;
    const { stdout } = await stack.up(ordersIsDelegate);
    expect(await seen()).to.deep.equal({ delegates: [orders], watched: [management, orders], guarded: [orders] });
    expect(stdout).to.include(
      `Account ${audit} (Audit) is deregistered as a delegated administrator of iam.amazonaws.com by pulumi up`,
    );
    expect(stdout).to.not.include("that this stack does not manage");
    // Whatever fails on the way: no account is a delegate while it is neither watched nor guarded.
    const events = trail.slice(length).map(({ eventName }) => eventName);
    const order = [
      ["CreateTopic", "PutTargets", "AttachPolicy"],
      ["RegisterDelegatedAdministrator"],
      ["DeregisterDelegatedAdministrator"],
      ["RemoveTargets", "DeleteRule", "DetachPolicy"],
    ].map((names) => events.flatMap((name, index) => (names.includes(name) ? [index] : [])));
    expect(order.map((places) => places.length > 0)).to.deep.equal([true, true, true, true]);
    expect(order.flat(), events.join()).to.deep.equal(order.flat().sort((a, b) => a - b));
    await stack.expectUnchanged(ordersIsDelegate);
  });

  it("does so where the new one is registered already", async () => {
    await organizations().send(new RegisterDelegatedAdministratorCommand({ AccountId: audit, ServicePrincipal }));
    await stack.up(auditIsDelegate);
    expect(await seen()).to.deep.equal({ delegates: [audit], watched: [management, audit], guarded: [audit] });
    await stack.expectUnchanged(auditIsDelegate);
  });

  it("keeps the one that it has on destroy, and takes it over the next time", async () => {
    await stack.pulumi(auditIsDelegate, ["destroy", "--yes", "--skip-preview"]);
    expect(sandbox.organization.state.organization.delegatedAdministrators.get(ServicePrincipal)?.size).to.equal(1);
    await stack.up(auditIsDelegate);
    expect(await seen()).to.deep.equal({ delegates: [audit], watched: [management, audit], guarded: [audit] });
  });

  it("takes its right away where no account is the delegate any more", async () => {
    await stack.up({ rootAccessAlerts: watched.rootAccessAlerts });
    expect(await seen()).to.deep.equal({ delegates: [], watched: [management], guarded: [] });
  });

  it("gives it a permission set of its own, not the one that the management account has had", async () => {
    const assignments = [{ groups: ["break-glass-admins"] }];
    await stack.up({ assignments });
    const [before] = permissionSets();
    await stack.up({ assignments, delegatedAdministrator: "Audit" });
    const [after, ...others] = permissionSets();
    expect(before).to.include({ name: "BreakGlassAssumeRoot-management", in: management });
    expect(after).to.include({ name: "BreakGlassAssumeRoot", in: audit });
    expect(after?.arn).to.not.equal(before?.arn);
    expect(others).to.deep.equal([]);
  });

  /** Each with the accounts in which it is assigned. */
  function permissionSets(): readonly Record<"name" | "arn" | "in", string>[] {
    const { permissionSets: sets, assignments } = sandbox.organization.state.identityCenter;
    return [...sets.values()].map(({ name, arn }) => ({
      name,
      arn,
      in: assignments
        .flatMap(({ permissionSetArn, accountId }) => (permissionSetArn === arn ? [accountId] : []))
        .join(),
    }));
  }

  function organizations(): OrganizationsClient {
    return new OrganizationsClient(profileConnection(sandbox, "management"));
  }
});
