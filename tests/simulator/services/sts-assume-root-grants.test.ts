import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, GetUserCommand, IAM } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, AssumeRootCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type TaskName, taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, identityOf } from "../root-session.ts";

const { management, orders, payments } = sandboxAccounts;

describe("sts:AssumeRoot: who is granted what, and for how long", () => {
  let sandbox: SandboxOrganization;
  let settings: ClientSettings;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    await enableRootAccess(sandbox);
    settings = administrator(sandbox, "management");
  });

  afterEach(() => sandbox.close());

  const open = (by: ClientSettings, target: string, task: TaskName, DurationSeconds?: number) =>
    new STSClient(by).send(
      new AssumeRootCommand({ TargetPrincipal: target, TaskPolicyArn: { arn: taskPolicyArn(task) }, DurationSeconds }),
    );

  /** A user in the management account with one inline policy. */
  async function userWith(statement: object): Promise<ClientSettings> {
    const client = new IAM(settings);
    const UserName = "dana";
    await client.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await client.putUserPolicy({ UserName, PolicyName: "grant", PolicyDocument });
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
    return as(settings, { accessKeyId, secretAccessKey });
  }

  const refused = (target: string): object => ({
    code: "AccessDenied",
    status: 403,
    message: `User: arn:aws:iam::${management}:user/dana is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${target}:root`,
  });

  it("section 8: a grant is narrowed by account and by sts:TaskPolicyArn", async () => {
    const tasks = [taskPolicyArn("S3UnlockBucketPolicy"), taskPolicyArn("SQSUnlockQueuePolicy")];
    const dana = await userWith({
      Effect: "Allow",
      Action: "sts:AssumeRoot",
      Resource: `arn:aws:iam::${orders}:root`,
      Condition: { StringEquals: { "sts:TaskPolicyArn": tasks } },
    });
    await open(dana, orders, "S3UnlockBucketPolicy");
    await open(dana, `arn:aws:iam::${orders}:root`, "SQSUnlockQueuePolicy");
    expect(await refusalOf(open(dana, orders, "IAMAuditRootUserCredentials"))).to.include(refused(orders));
    expect(await refusalOf(open(dana, payments, "S3UnlockBucketPolicy"))).to.include(refused(payments));
  });

  it("section 1: an explicit deny of one task wins over a grant of all, in the same words", async () => {
    const dana = await userWith({ Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" });
    await open(dana, orders, "IAMCreateRootUserPassword");
    const task = taskPolicyArn("IAMCreateRootUserPassword");
    const Condition = { StringEquals: { "sts:TaskPolicyArn": task } };
    const deny = { Effect: "Deny", Action: "sts:AssumeRoot", Resource: "*", Condition };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    await new IAM(settings).putUserPolicy({ UserName: "dana", PolicyName: "limit", PolicyDocument });
    expect(await refusalOf(open(dana, orders, "IAMCreateRootUserPassword"))).to.include(refused(orders));
    await open(dana, orders, "S3UnlockBucketPolicy");
  });

  it("section 1: sts:AssumeRole does not stand for sts:AssumeRoot", async () => {
    const dana = await userWith({ Effect: "Allow", Action: "sts:AssumeRole*", Resource: "*" });
    expect(await refusalOf(open(dana, orders, "S3UnlockBucketPolicy"))).to.include(refused(orders));
  });

  it("section 1: the source identity is the one that the caller already has", async () => {
    expect(await open(settings, orders, "S3UnlockBucketPolicy")).not.to.have.property("SourceIdentity");
    const trust = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${management}:user/administrator` },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    };
    const client = new IAM(settings);
    const RoleName = "incident";
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const { Role } = await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await client.attachRolePolicy({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    const assume = { RoleArn: Role?.Arn, RoleSessionName: "dana", SourceIdentity: "dana@ticket-8" };
    const { Credentials } = await new STSClient(settings).send(new AssumeRoleCommand(assume));
    const opened = await open(as(settings, identityOf(Credentials)), orders, "S3UnlockBucketPolicy");
    expect(opened.SourceIdentity).to.equal("dana@ticket-8");
  });

  describe("section 1: a session's time, by the sandbox's clock", () => {
    const whoAmI = (session: ClientSettings) => new STSClient(session).send(new GetCallerIdentityCommand({}));

    async function openFor(seconds: number | undefined): Promise<{ session: ClientSettings; lasts: number }> {
      const asked = sandbox.clock.now().getTime();
      const { Credentials } = await open(settings, orders, "IAMAuditRootUserCredentials", seconds);
      const ends = Credentials?.Expiration?.getTime() ?? Number.NaN;
      return { session: as(settings, identityOf(Credentials)), lasts: Math.round((ends - asked) / 1000) };
    }

    for (const seconds of [60, 899, 900]) {
      it(`is ${seconds} s when asked for`, async () => {
        const { session, lasts } = await openFor(seconds);
        expect(lasts).to.be.within(seconds, seconds + 5);
        sandbox.clock.advance((seconds - 30) * 1000);
        await whoAmI(session);
        sandbox.clock.advance(30 * 1000);
        expect(await refusalOf(whoAmI(session))).to.include({
          code: "ExpiredToken",
          status: 403,
          message: "The security token included in the request is expired",
        });
        expect(await refusalOf(new IAM(session).send(new GetUserCommand({})))).to.include({ code: "ExpiredToken" });
      });
    }

    it("is 900 s when nothing is asked for", async () => {
      expect((await openFor(undefined)).lasts).to.be.within(900, 905);
    });

    it('"Not known": of 0 s is over before it is used', async () => {
      const { session, lasts } = await openFor(0);
      expect(lasts).to.be.within(0, 5);
      expect(await refusalOf(whoAmI(session))).to.include({ code: "ExpiredToken", status: 403 });
    });

    for (const seconds of [-1, 901, 3600]) {
      it(`is never ${seconds} s`, async () => {
        const [bound, limit] = seconds < 0 ? ["greater", 0] : ["less", 900];
        expect(await refusalOf(openFor(seconds))).to.include({
          code: "ValidationError",
          status: 400,
          message: `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound} than or equal to ${limit}`,
        });
      });
    }
  });
});
