import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteUserPolicyCommand,
  GetAccountSummaryCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type AssumeRoleRequest, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { identityOf } from "../root-session.ts";

const { management, orders } = sandboxAccounts;
const roleArn = `arn:aws:iam::${orders}:role/ops/Incident`;
const userArn = `arn:aws:iam::${management}:user/dana`;

/** Role switching as people do it who do not come through Identity Center: user and role in two accounts. */
describe("sts:AssumeRole", () => {
  let sandbox: SandboxOrganization;
  let trusted: IAMClient;
  let trusting: IAMClient;
  let dana: ClientSettings;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    trusted = new IAMClient(administrator(sandbox, "management"));
    trusting = new IAMClient(administrator(sandbox, "orders"));
    dana = await newUser();
    await trusting.send(
      new CreateRoleCommand({ RoleName: "Incident", Path: "/ops/", AssumeRolePolicyDocument: trust() }),
    );
    await trusting.send(
      new PutRolePolicyCommand({
        RoleName: "Incident",
        PolicyName: "see",
        PolicyDocument: allow("iam:ListUsers", "*"),
      }),
    );
  });

  afterEach(() => sandbox.close());

  async function newUser(): Promise<ClientSettings> {
    await trusted.send(new CreateUserCommand({ UserName: "dana" }));
    await trusted.send(
      new PutUserPolicyCommand({
        UserName: "dana",
        PolicyName: "switch",
        PolicyDocument: allow(["sts:AssumeRole", "sts:SetSourceIdentity"], roleArn),
      }),
    );
    const { AccessKey } = await trusted.send(new CreateAccessKeyCommand({ UserName: "dana" }));
    return as(administrator(sandbox, "management"), {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    });
  }

  const assume = (more: Partial<AssumeRoleRequest> = {}, settings = dana) =>
    new STSClient(settings).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "dana", ...more }));
  const retrust = (condition: object, action: string | string[] = "sts:AssumeRole") =>
    trusting.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: "Incident", PolicyDocument: trust(condition, action) }),
    );
  const denied = {
    code: "AccessDenied",
    status: 403,
    message: `User: ${userArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  };

  it("gives the role's permissions, and only those", async () => {
    const { Credentials, AssumedRoleUser } = await assume();
    expect(AssumedRoleUser?.Arn).to.equal(`arn:aws:sts::${orders}:assumed-role/Incident/dana`);
    const session = as(dana, identityOf(Credentials));
    const identity = await new STSClient(session).send(new GetCallerIdentityCommand({}));
    expect(identity).to.include({ Account: orders, UserId: AssumedRoleUser?.AssumedRoleId });
    const iam = new IAMClient(session);
    await iam.send(new ListUsersCommand({}));
    expect((await refusalOf(iam.send(new GetAccountSummaryCommand({})))).message).to.equal(
      `User: arn:aws:sts::${orders}:assumed-role/Incident/dana is not authorized to perform: iam:GetAccountSummary on resource: * because no identity-based policy allows the iam:GetAccountSummary action`,
    );
  });

  it("needs a policy on the user", async () => {
    await trusted.send(new DeleteUserPolicyCommand({ UserName: "dana", PolicyName: "switch" }));
    expect(await refusalOf(assume())).to.include(denied);
  });

  it("needs the role's trust", async () => {
    const document = trust().replace(userArn, `arn:aws:iam::${management}:user/administrator`);
    await trusting.send(new UpdateAssumeRolePolicyCommand({ RoleName: "Incident", PolicyDocument: document }));
    expect(await refusalOf(assume())).to.include(denied);
  });

  it("answers the same for a role that does not exist", async () => {
    const RoleArn = `arn:aws:iam::${orders}:role/Incident`;
    expect((await refusalOf(assume({ RoleArn }))).message).to.equal(denied.message.replace(roleArn, RoleArn));
  });

  it("honours an ExternalId that the role demands", async () => {
    await retrust({ StringEquals: { "sts:ExternalId": "ticket-7" } });
    expect(await refusalOf(assume())).to.include(denied);
    expect(await refusalOf(assume({ ExternalId: "ticket-8" }))).to.include(denied);
    await assume({ ExternalId: "ticket-7" });
  });

  it("honours a session name that the role demands", async () => {
    await retrust({ StringEquals: { "sts:RoleSessionName": "${aws:username}" } });
    expect(await refusalOf(assume({ RoleSessionName: "somebody" }))).to.include(denied);
    await assume({ RoleSessionName: "dana" });
  });

  it("sets a source identity where the trust policy allows that too, and keeps it", async () => {
    expect((await refusalOf(assume({ SourceIdentity: "dana" }))).message).to.contain("sts:SetSourceIdentity");
    await retrust({}, ["sts:AssumeRole", "sts:SetSourceIdentity"]);
    const { Credentials, SourceIdentity } = await assume({ SourceIdentity: "dana" });
    expect(SourceIdentity).to.equal("dana");
    const session = sandbox.state.credentials.get(Credentials?.AccessKeyId ?? "");
    expect(session).to.include({ kind: "role session", sourceIdentity: "dana" });
  });

  it("limits a session further by the request's policy", async () => {
    const { Credentials } = await assume({ Policy: allow("iam:GetAccountSummary", "*") });
    const iam = new IAMClient(as(dana, identityOf(Credentials)));
    expect((await refusalOf(iam.send(new ListUsersCommand({})))).message).to.match(/because no session policy allows/);
  });

  it("ends with the role, also when another one takes its name", async () => {
    const { Credentials } = await assume();
    const role = sandbox.state.iam.get(orders)?.roles.get("Incident");
    role?.inlinePolicies.clear();
    await trusting.send(new DeleteRoleCommand({ RoleName: "Incident" }));
    sandbox.clock.advance(1000);
    await trusting.send(
      new CreateRoleCommand({ RoleName: "Incident", Path: "/ops/", AssumeRolePolicyDocument: trust() }),
    );
    const sts = new STSClient(as(dana, identityOf(Credentials)));
    expect((await refusalOf(sts.send(new GetCallerIdentityCommand({})))).code).to.equal("InvalidClientTokenId");
  });

  it("is closed to root users", async () => {
    const [key] = sandbox.state.iam.get(orders)?.rootUser.accessKeys ?? [];
    const root = as(dana, { accessKeyId: key?.id ?? "", secretAccessKey: key?.secret ?? "" });
    expect(await refusalOf(assume({}, root))).to.include({
      code: "AccessDenied",
      message: "Roles may not be assumed by root accounts.",
    });
  });

  const cases: readonly [string, Partial<AssumeRoleRequest>, string, string][] = [
    ["a session name of one character", { RoleSessionName: "d" }, "ValidationError", "greater than or equal to 2"],
    ["a session name with a space", { RoleSessionName: "da na" }, "ValidationError", "regular expression pattern"],
    [
      "five minutes",
      { DurationSeconds: 300 },
      "ValidationError",
      "Member must have value greater than or equal to 900",
    ],
    ["more than the role allows", { DurationSeconds: 7200 }, "ValidationError", "MaxSessionDuration set for this role"],
    ["a policy that is none", { Policy: "{}" }, "MalformedPolicyDocumentException", "Syntax errors in policy."],
    ["tags, which are not modelled", { Tags: [{ Key: "a", Value: "b" }] }, "NotImplemented", "The parameter Tags"],
  ];
  for (const [name, request, code, message] of cases) {
    it(`refuses ${name}`, async () => {
      const refusal = await refusalOf(assume(request));
      expect(refusal.code).to.equal(code);
      expect(refusal.message).to.contain(message);
    });
  }
});

function trust(condition: object = {}, action: string | string[] = "sts:AssumeRole"): string {
  const statement = { Effect: "Allow", Principal: { AWS: userArn }, Action: action, Condition: condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function allow(action: string | string[], resource: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
  });
}
