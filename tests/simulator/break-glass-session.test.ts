import { request } from "node:http";
import { ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { AssumeRootCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "./clients.ts";
import { assign, assignmentInput, createPermissionSet, ssoAdmin } from "./identity-center.ts";
import { refusalOf } from "./refusal.ts";

const { audit, orders, management } = sandboxAccounts;
const path = "/.sandbox/break-glass-credentials";

describe("alice's break-glass session", () => {
  let sandbox: SandboxOrganization;

  afterEach(() => sandbox.close());

  const askedProperly = { host: "127.0.0.1", "x-sandbox": "break-glass" };

  /** Client settings that use the session. */
  const session = async (): Promise<ClientSettings> => {
    const { status, body } = await ask(sandbox, askedProperly);
    expect(status).to.equal(200);
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = body;
    return as(administrator(sandbox, "audit"), {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    });
  };

  const account = async (): Promise<string | undefined> =>
    (await new STSClient(await session()).send(new GetCallerIdentityCommand({}))).Account;

  it("is her role in the delegated administrator's account, for an hour", async () => {
    sandbox = await startSandboxOrganization({ configured: true });
    const asked = sandbox.clock.now().getTime();
    const { body } = await ask(sandbox, askedProperly);
    expect(body).to.have.all.keys("Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration");
    expect(body["Version"]).to.equal(1);
    expect(Date.parse(body["Expiration"] ?? "") - asked).to.be.within(3_590_000, 3_610_000);
    const { Arn, Account } = await new STSClient(await session()).send(new GetCallerIdentityCommand({}));
    expect(Account).to.equal(audit);
    expect(Arn).to.match(
      new RegExp(`^arn:aws:sts::${audit}:assumed-role/AWSReservedSSO_BreakGlassAssumeRoot_[0-9a-f]{16}/alice$`),
    );
  });

  it("opens root sessions and does nothing that its policy does not allow", async () => {
    sandbox = await startSandboxOrganization({ configured: true });
    const settings = await session();
    const TaskPolicyArn = { arn: taskPolicyArn("IAMAuditRootUserCredentials") };
    const assumeRoot = new AssumeRootCommand({ TargetPrincipal: orders, TaskPolicyArn });
    expect((await new STSClient(settings).send(assumeRoot)).Credentials?.AccessKeyId).to.match(/^ASIA/);
    const { code, message } = await refusalOf(new OrganizationsClient(settings).send(new ListAccountsCommand({})));
    expect(code).to.equal("AccessDeniedException");
    expect(message).to.match(
      /assumed-role\/AWSReservedSSO_BreakGlassAssumeRoot_\w+\/alice is not authorized to perform: organizations:ListAccounts on resource: \* because no identity-based policy allows the organizations:ListAccounts action$/,
    );
  });

  it("expires by the sandbox's clock", async () => {
    sandbox = await startSandboxOrganization({ configured: true });
    const settings = await session();
    const askAfter = (minutes: number): Promise<unknown> => {
      sandbox.clock.advance(minutes * 60_000 - passed);
      passed = minutes * 60_000;
      const sts = new STSClient({ ...settings, systemClockOffset: passed });
      return sts.send(new GetCallerIdentityCommand({}));
    };
    let passed = 0;
    await askAfter(59);
    expect((await refusalOf(askAfter(61))).code).to.equal("ExpiredToken");
  });

  it("is refused with a reason while the permission set is not assigned to her", async () => {
    sandbox = await startSandboxOrganization();
    const refused = await ask(sandbox, askedProperly);
    expect(refused.status).to.equal(409);
    expect(refused.body["message"]).to.match(/^BreakGlassAssumeRoot is not assigned to alice in any account yet: /);
    const sso = ssoAdmin(sandbox);
    const set = await createPermissionSet(sso, "BreakGlassAssumeRoot");
    await assign(sandbox, sso, assignmentInput(sandbox, set, orders, "auditors"));
    expect((await ask(sandbox, askedProperly)).status).to.equal(409);
  });

  it("is had directly or through a group, and prefers the delegated administrator's account", async () => {
    sandbox = await startSandboxOrganization();
    const sso = ssoAdmin(sandbox);
    const set = await createPermissionSet(sso, "BreakGlassAssumeRoot");
    await assign(sandbox, sso, assignmentInput(sandbox, set, orders, "alice"));
    expect(await account()).to.equal(orders);
    await assign(sandbox, sso, assignmentInput(sandbox, set, management, "break-glass-admins"));
    expect(await account()).to.equal(management);
    sandbox.state.organization.delegatedAdministrators.set("iam.amazonaws.com", new Map([[orders, new Date()]]));
    expect(await account()).to.equal(orders);
  });

  it("is given to nobody but the sandbox's own profile", async () => {
    sandbox = await startSandboxOrganization({ configured: true });
    for (const headers of [
      { host: "127.0.0.1" },
      { host: "127.0.0.1", "x-sandbox": "other" },
      { host: "rebound.example", "x-sandbox": "break-glass" },
      { host: "127.0.0.1.rebound.example", "x-sandbox": "break-glass" },
      { host: "sts.amazonaws.com", "x-sandbox": "break-glass" },
    ]) {
      const { status, body } = await ask(sandbox, headers);
      expect(status, JSON.stringify(headers)).to.equal(403);
      expect(body).to.have.all.keys("message");
    }
    expect((await ask(sandbox, askedProperly, "POST")).status).to.equal(405);
  });
});

/** fetch() does not let a caller choose the Host header, so this asks by hand. */
function ask(
  { port }: SandboxOrganization,
  headers: Record<string, string>,
  method = "GET",
): Promise<{ status: number | undefined; body: Record<string, string | undefined> }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path, method, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => (text += chunk));
      incoming.on("end", () => {
        resolve({ status: incoming.statusCode, body: JSON.parse(text) as Record<string, string> });
      });
    });
    outgoing.on("error", reject).end();
  });
}
