import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  EnableOrganizationsRootSessionsCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  type CreatePermissionSetCommandInput,
  DeletePermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { breakGlassPolicy } from "#iam";
import { breakGlassRoleSettings } from "../../components/break-glass-role-settings.ts";
import { rootUserGuardrailPolicy } from "../../components/guardrail-policies.ts";
import { documentedRows, forgetEverything, shownRows } from "./adoption-document.ts";
import { type OrganizationFound, readOrganization } from "./organization-found.ts";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import { expectStatus, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const settings = {
  delegatedAdministrator: "Audit",
  assignments: [{ groups: ["break-glass-admins"] }],
  delegateAccess: { profile: "audit" },
  breakGlassRole: { trustedPrincipals: ["arn:aws:iam::222222222222:user/administrator"] },
  rootUserGuardrail: { organizationalUnits: ["Workloads"] },
};
const guardrail = rootUserGuardrailPolicy("DenyRootUserExceptRootSessions");
const orders = "333333333333";
const instanceArn = "arn:aws:sso:::instance/ssoins-7223000000000001";

/** docs/adoption.md by the real engine; the alerts have a file of their own. */
describe("what is there already, and the organization stack", function () {
  this.timeout(300_000);

  const { row, shown } = shownRows();
  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;

  async function open(): Promise<void> {
    sandbox = await openSandboxWithSharedPlugins();
    stack = organizationStackRun(sandbox);
  }

  async function close(): Promise<void> {
    await sandbox.close();
  }

  describe("as this stack would have made it", () => {
    let made: OrganizationFound;
    let again: string;

    before(async () => {
      await open();
      await stack.up(settings);
      made = await readOrganization(sandbox);
      await forgetEverything(sandbox);
      again = (await stack.up(settings)).stdout;
    });

    after(close);

    row("trusted access", "enabled", () => {
      expect(again).to.match(/AwsServiceAccess .* created/);
    });

    row("root access features", "both enabled", () => {
      expect(again).to.match(/OrganizationsFeatures .* created/);
    });

    row("delegated administrator", "the configured account", () => {
      expect(again).to.match(/DelegatedAdministrator .* imported/);
    });

    row("permission set", "the same settings", () => {
      expect(again).to.match(/PermissionSet .* imported/);
    });

    row("assignment", "the configured one", () => {
      expect(again).to.match(/Assignment .* imported/);
    });

    row("service control policy", "the same content and description", () => {
      expect(again).to.match(/organizations:Policy .* imported/);
    });

    row("attachment of it", "where it is configured", () => {
      expect(again).to.match(/organizations:PolicyAttachment .* imported/);
    });

    row("break-glass role", "the same path, description, trust and inline policy", () => {
      expect(again)
        .to.match(/iam:Role .* imported/)
        .and.match(/iam:RolePolicy .* imported/);
    });

    it("is there once and as it was, and is the stack's from then on", async () => {
      expect(await readOrganization(sandbox)).to.deep.equal(made);
      await stack.expectUnchanged(settings);
      await stack.up({ ...settings, assignments: [] });
      expect((await readOrganization(sandbox)).permissionSets[0]?.assigned).to.deep.equal([]);
    });
  });

  describe("as somebody else has made it", () => {
    let sso: SSOAdminClient;
    let output: string;

    before(async () => {
      await open();
      const connection = profileConnection(sandbox, "management");
      sso = new SSOAdminClient(connection);
      const organizations = new OrganizationsClient(connection);
      const principal = { ServicePrincipal: "iam.amazonaws.com" };
      await organizations.send(new EnableAWSServiceAccessCommand(principal));
      await new IAMClient(connection).send(new EnableOrganizationsRootSessionsCommand());
      await organizations.send(new RegisterDelegatedAdministratorCommand({ ...principal, AccountId: orders }));
      const arn = await makePermissionSet(sso, { Name: "BreakGlassAssumeRoot", Description: description });
      await putPolicy(sso, arn, breakGlassPolicy());
      await assignBob(sso, arn);
      const policyId = await makePolicy(organizations, guardrail.content);
      await organizations.send(new AttachPolicyCommand({ PolicyId: policyId, TargetId: orders }));
      output = (await stack.up(settings)).stdout;
    });

    after(close);

    row("root access features", "one of the two enabled", async () => {
      expect((await readOrganization(sandbox)).features).to.deep.equal(["RootCredentialsManagement", "RootSessions"]);
    });

    row("delegated administrator", "another account", async () => {
      expect(output).to.include("Account 333333333333 (Orders) is a delegated administrator of iam.amazonaws.com that");
      expect((await readOrganization(sandbox)).delegates).to.have.members(["222222222222", "333333333333"]);
      expect(await outputOf(sandbox, "otherDelegatedAdministrators")).to.deep.equal(["333333333333 (Orders)"]);
    });

    row("attachment of it", "somewhere else", () => {
      const { attachments, policies } = sandbox.organization.state.organization;
      const [policy] = [...policies.values()].filter(({ name }) => name === guardrail.name);
      const targets = [...attachments].filter(([, ids]) => ids.has(policy?.id ?? "")).map(([target]) => target);
      expect(targets).to.have.length(2).and.include(orders);
      expect(output)
        .to.match(/organizations:Policy .* imported/)
        .and.match(/PolicyAttachment .* created/);
    });

    row("assignment", "of somebody else, in the same permission set", async () => {
      const [set] = (await readOrganization(sandbox)).permissionSets;
      expect(set?.assigned).to.have.deep.members([
        { account: "222222222222", type: "USER" },
        { account: "222222222222", type: "GROUP" },
      ]);
    });
  });

  describe("under the name of its service control policy", () => {
    let organizations: OrganizationsClient;

    before(async () => {
      await open();
      organizations = new OrganizationsClient(profileConnection(sandbox, "management"));
    });

    after(close);

    async function refusal(content: object, tags: Readonly<Record<string, string>> = {}): Promise<string> {
      const PolicyId = await makePolicy(organizations, content, tags);
      const before = [...sandbox.organization.state.organization.policies.values()];
      const { stdout } = await stack.pulumi(settings, ["preview"], 255);
      expect([...sandbox.organization.state.organization.policies.values()]).to.deep.equal(before);
      expect((await readOrganization(sandbox)).trusted).to.deep.equal([]);
      await organizations.send(new DeletePolicyCommand({ PolicyId }));
      return stdout;
    }

    row("service control policy", "another content or description", async () => {
      const everything = { Effect: "Deny", Action: "*", Resource: "*" };
      expect(await refusal({ Version: "2012-10-17", Statement: [everything] }))
        .to.include("aws-break-glass:rootUserGuardrail: the organization has a service control policy DenyRootUserEx")
        .and.include("that this stack does not manage, with another content. It is left alone");
    });

    row("service control policy", "tags: somebody else's", async () => {
      expect(await refusal(guardrail.content, { owner: "x" })).to.include("does not manage, with tags (owner).");
    });
  });

  describe("under the name of its role", () => {
    let iam: IAMClient;
    const RoleName = "BreakGlassAssumeRoot";

    before(async () => {
      await open();
      iam = new IAMClient(profileConnection(sandbox, "audit"));
    });

    after(close);

    async function refusal(): Promise<string> {
      const { stdout } = await stack.pulumi(settings, ["up", "--yes", "--skip-preview"], 255);
      const { trusted, permissionSets } = await readOrganization(sandbox);
      expect([trusted, permissionSets]).to.deep.equal([[], []]);
      return stdout;
    }

    row("break-glass role", "another path, description, trust or duration, a boundary or tags", async () => {
      const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
      const trust = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const Tags = [{ Key: "owner", Value: "x" }];
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Description: "Mine", Tags }));
      expect(await refusal())
        .to.include("account 222222222222 has a role BreakGlassAssumeRoot that this stack does not manage, with")
        .and.include(
          "with another path (/), another description (Mine), another trust policy, tags (owner). It is left",
        );
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).to.equal(trust);
      await iam.send(new DeleteRoleCommand({ RoleName }));
    });

    row("break-glass role", "another inline policy, further ones, or managed policies", async () => {
      const { description: Description, trust } = breakGlassRoleSettings({
        ...settings.breakGlassRole,
        sourceIdentity: false,
      });
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      await iam.send(new CreateRoleCommand({ RoleName, Path: "/break-glass/", Description, AssumeRolePolicyDocument }));
      const PolicyDocument = JSON.stringify(breakGlassPolicy({ accountListing: "none" }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: RoleName, PolicyDocument }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument }));
      const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      expect(await refusal()).to.include(
        `with another inline policy, other inline policies (more), managed policies (${PolicyArn}). It is left alone`,
      );
      const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }));
      expect(decodeURIComponent(found.PolicyDocument ?? "")).to.equal(PolicyDocument);
    });
  });

  describe("under the name of its permission set", () => {
    let sso: SSOAdminClient;

    before(async () => {
      await open();
      sso = new SSOAdminClient(profileConnection(sandbox, "management"));
    });

    after(close);

    /** Previews with a permission set of that name in place; nothing may have been changed by it. */
    async function refusal(other: Partial<CreatePermissionSetCommandInput>, policy?: object): Promise<string> {
      const arn = await makePermissionSet(sso, { Name: "BreakGlassAssumeRoot", Description: description, ...other });
      if (policy !== undefined) await putPolicy(sso, arn, policy);
      const before = await readOrganization(sandbox);
      const { stdout } = await stack.pulumi(settings, ["up", "--yes", "--skip-preview"], 255);
      expect(await readOrganization(sandbox)).to.deep.equal(before);
      await sso.send(new DeletePermissionSetCommand({ InstanceArn: instanceArn, PermissionSetArn: arn }));
      expect(stdout).to.include("Nothing was changed. Please correct:");
      return stdout;
    }

    row("permission set", "another description or session duration", async () => {
      const text = await refusal({ Description: "Mine", SessionDuration: "PT12H" }, breakGlassPolicy());
      expect(text).to.include("with another description (Mine), another session duration (PT12H). It is left alone");
    });

    row("permission set", "another inline policy, or none", async () => {
      expect(await refusal({}, breakGlassPolicy({ accountListing: "none" }))).to.include("with another inline policy.");
      expect(await refusal({})).to.include("with no inline policy.");
    });

    row("permission set", "tags, managed policies or a boundary: somebody else's", async () => {
      expect(await refusal({ Tags: [{ Key: "owner", Value: "x" }] }, breakGlassPolicy())).to.include("tags (owner)");
    });
  });

  it("is described row by row, as it was shown here", async () => {
    expect(await documentedRows("others")).to.have.members(shown);
  });
});

const description = "Break Glass - sts:AssumeRoot for emergency privileged access";

async function outputOf(sandbox: TestSandbox, name: string): Promise<unknown> {
  const words = ["stack", "output", name, "--json", "--stack", "dev", "--non-interactive"];
  return JSON.parse(expectStatus(await sandbox.run("pulumi", words), 0).stdout);
}

async function makePermissionSet(
  client: SSOAdminClient,
  input: Omit<CreatePermissionSetCommandInput, "InstanceArn">,
): Promise<string> {
  const made = await client.send(new CreatePermissionSetCommand({ InstanceArn: instanceArn, ...input }));
  return made.PermissionSet?.PermissionSetArn ?? "";
}

async function putPolicy(client: SSOAdminClient, arn: string, policy: object): Promise<void> {
  const which = { InstanceArn: instanceArn, PermissionSetArn: arn };
  await client.send(new PutInlinePolicyToPermissionSetCommand({ ...which, InlinePolicy: JSON.stringify(policy) }));
}

async function makePolicy(
  client: OrganizationsClient,
  content: object,
  tags: Readonly<Record<string, string>> = {},
): Promise<string> {
  const made = await client.send(
    new CreatePolicyCommand({
      Name: guardrail.name,
      Description: guardrail.description,
      Type: "SERVICE_CONTROL_POLICY",
      Content: JSON.stringify(content),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  return made.Policy?.PolicySummary?.Id ?? "";
}

async function assignBob(client: SSOAdminClient, arn: string): Promise<void> {
  const bob = "9067000001-b2b2b2b2-4000-4000-8000-b2b2b2b2b2b2";
  await client.send(
    new CreateAccountAssignmentCommand({
      InstanceArn: instanceArn,
      PermissionSetArn: arn,
      TargetId: "222222222222",
      TargetType: "AWS_ACCOUNT",
      PrincipalType: "USER",
      PrincipalId: bob,
    }),
  );
}
