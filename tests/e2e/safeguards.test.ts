import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { z } from "zod";
import { sandboxAccounts } from "#simulator";
import { type OrganizationStackRun, organizationStackRun, type Settings } from "./organization-stack-run.ts";
import type { TestSandbox } from "./sandbox.ts";
import { profileConnection, type SandboxConnection, sessionConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const { audit, orders } = sandboxAccounts;
const responder = `arn:aws:iam::${audit}:role/responder`;
const s3Task = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";

const settings = {
  delegatedAdministrator: "Audit",
  delegateAccess: { profile: "audit" },
  removeOnDestroy: true,
  assignments: [{ groups: ["break-glass-admins"] }],
  breakGlassRole: { trustedPrincipals: [responder] },
  rootUserGuardrail: { organizationalUnits: ["Root/Workloads"] },
  rootSessionGuardrail: {},
};

const outputs = z.object({
  breakGlassRole: z.object({
    arn: z.string(),
    switchRoleLink: z.string(),
    trustedPrincipalsPolicy: z.object({ Statement: z.array(z.object({ Action: z.string(), Resource: z.string() })) }),
  }),
});

/** The break-glass role and the guardrails by the real engine. Each block builds on the one before. */
describe("the organization stack's break-glass role and guardrails", function () {
  this.timeout(180_000);

  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
    stack = organizationStackRun(sandbox);
    await makeResponder(profileConnection(sandbox, "audit"));
  });

  after(async () => {
    await sandbox.close();
  });

  it("names the nearest organizational unit, and makes nothing, when there is no such path", async () => {
    const misspelt = { ...settings, rootUserGuardrail: { organizationalUnits: ["Root/Wrokloads"] } };
    const { stdout } = await stack.pulumi(misspelt, ["up", "--yes", "--skip-preview"], 255);
    expect(stdout).to.include(
      "aws-break-glass:rootUserGuardrail.organizationalUnits[0]: there is no organizational unit Wrokloads below Root; did you mean Workloads? There are Restricted, Security, Workloads.",
    );
    expect([...sandbox.organization.state.organization.trustedServices.keys()]).to.not.include("iam.amazonaws.com");
  });

  it("makes nothing in the delegate's place with another account's credentials", async () => {
    const wrong = { ...settings, delegateAccess: { profile: "orders" } };
    const { stdout } = await stack.pulumi(wrong, ["preview"], 255);
    expect(stdout).to.match(/[Aa]ccount.*333333333333/);
  });

  it("are made, found unchanged by a second run, and without drift", async () => {
    await stack.up(settings);
    await stack.expectUnchanged(settings);
  });

  it("hand out the link and the policy that the trusted people need", async () => {
    const { stdout } = await sandbox.run("pulumi", ["stack", "output", "--json", "--stack", "dev"]);
    const { breakGlassRole } = outputs.parse(JSON.parse(stdout));
    const arn = `arn:aws:iam::${audit}:role/break-glass/BreakGlassAssumeRoot`;
    expect(breakGlassRole.arn).to.equal(arn);
    expect(breakGlassRole.switchRoleLink).to.equal(
      `https://signin.aws.amazon.com/switchrole?account=${audit}&roleName=break-glass/BreakGlassAssumeRoot`,
    );
    expect(breakGlassRole.trustedPrincipalsPolicy.Statement).to.deep.equal([
      { Action: "sts:AssumeRole", Resource: arn },
    ]);
  });

  it("deny a member account's root user, and let a root session work there", async () => {
    const denied = listBuckets(rootUserOfOrders(sandbox));
    expect(await refusal(denied)).to.match(/AccessDenied: .* with an explicit deny in a service control policy/);
    const management = profileConnection(sandbox, "management");
    const session = await assumeRoot(management);
    expect(await listBuckets(session)).to.equal(200);
  });

  it("let only the principals that break the glass open root sessions from the delegate's account", async () => {
    const administrator = profileConnection(sandbox, "audit");
    expect(await refusal(assumeRoot(administrator))).to.match(
      /AccessDenied: .*user\/administrator is not authorized to perform: sts:AssumeRoot/,
    );
    expect(await listBuckets(await assumeRoot(profileConnection(sandbox, "break-glass")))).to.equal(200);
    const role = await assume(await assume(administrator, responder), roleOf("BreakGlassAssumeRoot"));
    expect(await listBuckets(await assumeRoot(role))).to.equal(200);
  });

  it("refuse to be switched to by anybody who is not named", async () => {
    const administrator = profileConnection(sandbox, "audit");
    expect(await refusal(assume(administrator, roleOf("BreakGlassAssumeRoot")))).to.match(/AccessDenied/);
  });

  it("can be changed, and changed back", async () => {
    const changed: Settings = {
      ...settings,
      breakGlassRole: {
        trustedPrincipals: [responder, `arn:aws:iam::${audit}:user/administrator`],
        name: "Glass",
        path: "/emergency/",
        sourceIdentity: true,
        tasks: ["SQSUnlockQueuePolicy"],
        targetAccounts: ["Orders"],
        accountListing: "none",
        preflight: true,
      },
      rootUserGuardrail: { organizationalUnits: ["Workloads", "Security"], policyName: "NoRootUser" },
      rootSessionGuardrail: { otherPrincipals: [responder], policyName: "OnlyThese" },
    };
    await stack.up(changed);
    await stack.expectUnchanged(changed);
    expect(policyNames(sandbox)).to.include.members(["NoRootUser", "OnlyThese"]);
    await stack.up(settings);
    await stack.expectUnchanged(settings);
    expect(policyNames(sandbox)).to.include.members(["DenyRootUserExceptRootSessions", "OnlyBreakGlassAssumesRoot"]);
  });

  it("are taken down with the stack, and the root user has what it had", async () => {
    await stack.pulumi(settings, ["destroy", "--yes", "--skip-preview"]);
    expect(policyNames(sandbox)).to.have.members(["FullAWSAccess", "RCPFullAWSAccess", "DenyRootUser"]);
    expect(await listBuckets(rootUserOfOrders(sandbox))).to.equal(200);
    const administrator = profileConnection(sandbox, "audit");
    const responding = await assume(administrator, responder);
    expect(await refusal(assume(responding, roleOf("BreakGlassAssumeRoot")))).to.match(/AccessDenied/);
  });
});

function roleOf(name: string): string {
  return `arn:aws:iam::${audit}:role/break-glass/${name}`;
}

/** The role of people on call, which Identity Center has nothing to do with. */
async function makeResponder(connection: SandboxConnection): Promise<void> {
  const iam = new IAMClient(connection);
  const allow = { Effect: "Allow", Action: "sts:AssumeRole" };
  const document = (Statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
  const trust = document({ ...allow, Principal: { AWS: `arn:aws:iam::${audit}:root` } });
  await iam.send(new CreateRoleCommand({ RoleName: "responder", AssumeRolePolicyDocument: trust }));
  const PolicyDocument = document({ ...allow, Resource: roleOf("*") });
  await iam.send(new PutRolePolicyCommand({ RoleName: "responder", PolicyName: "switch", PolicyDocument }));
}

async function assume(connection: SandboxConnection, RoleArn: string): Promise<SandboxConnection> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" });
  return sessionConnection(connection, (await new STSClient(connection).send(command)).Credentials);
}

async function assumeRoot(connection: SandboxConnection): Promise<SandboxConnection> {
  const command = new AssumeRootCommand({ TargetPrincipal: orders, TaskPolicyArn: { arn: s3Task } });
  return sessionConnection(connection, (await new STSClient(connection).send(command)).Credentials);
}

async function listBuckets(connection: SandboxConnection): Promise<number | undefined> {
  return (await new S3Client(connection).send(new ListBucketsCommand())).$metadata.httpStatusCode;
}

/** With one of the access keys that this root user should not have. */
function rootUserOfOrders({ endpoint, organization: { state } }: TestSandbox): SandboxConnection {
  const [key] = state.iam.get(orders)?.rootUser.accessKeys ?? [];
  if (!key) throw new Error("The root user of Orders has no access key.");
  return { endpoint, region: "us-east-1", credentials: { accessKeyId: key.id, secretAccessKey: key.secret } };
}

function policyNames({ organization: { state } }: TestSandbox): readonly string[] {
  return [...state.organization.policies.values()].map(({ name }) => name);
}

async function refusal(refused: Promise<unknown>): Promise<string> {
  const [outcome] = await Promise.allSettled([refused]);
  if (outcome.status === "fulfilled") throw new Error("AWS did not refuse it.");
  return String(outcome.reason);
}
