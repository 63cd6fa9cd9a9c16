import { EventBridgeClient, PutRuleCommand, PutTargetsCommand, type Target } from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "./clients.ts";
import { refusalOf } from "./refusal.ts";
import { enableRootAccess } from "./root-session.ts";

const { management, orders } = sandboxAccounts;
const home = "us-east-1";
const elsewhere = "eu-west-1";
const busArn = (region: string): string => `arn:aws:events:${region}:${management}:event-bus/default`;
const roleArn = `arn:aws:iam::${management}:role/forward`;
const queueArn = `arn:aws:sqs:${home}:${management}:alerts`;
const EventPattern = JSON.stringify({ source: ["aws.sts"], detail: { eventName: ["AssumeRoot"] } });
const document = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

describe("section 9: an event handed on to the bus of another Region", () => {
  let sandbox: SandboxOrganization;
  let iam: IAMClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    await enableRootAccess(sandbox);
    iam = new IAMClient(administrator(sandbox, "management"));
    await makeRole("forward", { Service: "events.amazonaws.com" });
    await allow(busArn(home));
    for (const region of [home, elsewhere]) await makeRule(region);
    const Policy = document({
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
    });
    await sqs().send(new CreateQueueCommand({ QueueName: "alerts", Attributes: { Policy } }));
    await target(home, { Arn: queueArn });
  });

  afterEach(() => sandbox.close());

  const events = (region: string): EventBridgeClient =>
    new EventBridgeClient(administrator(sandbox, "management", region));
  const sqs = (): SQSClient => new SQSClient(administrator(sandbox, "management", home));
  const makeRole = (RoleName: string, Principal: object): Promise<unknown> =>
    iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" }),
      }),
    );
  const allow = (Resource: string): Promise<unknown> =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName: "forward",
        PolicyName: "put",
        PolicyDocument: document({ Effect: "Allow", Action: "events:PutEvents", Resource }),
      }),
    );
  const makeRule = (region: string): Promise<unknown> => {
    const State = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    return events(region).send(new PutRuleCommand({ Name: "root", EventPattern, State }));
  };
  const target = (region: string, more: Partial<Target>): Promise<unknown> =>
    events(region).send(new PutTargetsCommand({ Rule: "root", Targets: [{ Id: "one", Arn: busArn(home), ...more }] }));

  /** What lies in the home Region's queue after a root session has been opened elsewhere. */
  const received = async (): Promise<unknown[]> => {
    const sts = new STSClient(administrator(sandbox, "management", elsewhere));
    const TaskPolicyArn = { arn: taskPolicyArn("S3UnlockBucketPolicy") };
    await sts.send(new AssumeRootCommand({ TargetPrincipal: orders, TaskPolicyArn }));
    const QueueUrl = `${sandbox.endpoint}/${management}/alerts`;
    const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = "" }) => JSON.parse(Body) as unknown);
  };
  const reasons = (): string[] => sandbox.state.undelivered.map(({ reason }) => reason);

  it("arrives there as it was, with the Region where it began", async () => {
    await target(elsewhere, { RoleArn: roleArn });
    const [event, ...others] = await received();
    expect(others).to.deep.equal([]);
    expect(event).to.include({ source: "aws.sts", account: management, region: elsewhere });
  });

  it("does not arrive while the role may not put it there, and AWS keeps the reason to itself", async () => {
    await target(elsewhere, { RoleArn: roleArn });
    await allow(busArn("us-west-2"));
    expect(await received()).to.deep.equal([]);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: "forward", PolicyName: "put" }));
    expect(await received()).to.deep.equal([]);
    const reason = `${roleArn} may not events:PutEvents on ${busArn(home)}: no identity-based policy allows it.`;
    expect(reasons()).to.deep.equal([reason, reason]);
  });

  it("does not go round in circles", async () => {
    await target(elsewhere, { RoleArn: roleArn });
    await allow("*");
    await target(home, { Id: "back", Arn: busArn(elsewhere), RoleArn: roleArn });
    expect(await received()).to.have.length(1);
    expect(reasons()).to.deep.equal(["An event that came from another bus is not handed on again."]);
  });

  it("needs a role that EventBridge can assume", async () => {
    await makeRole("other", { Service: "lambda.amazonaws.com" });
    for (const name of ["other", "nobody"]) {
      const RoleArn = `arn:aws:iam::${management}:role/${name}`;
      expect(await refusalOf(target(elsewhere, { RoleArn }))).to.include({
        code: "ValidationException",
        message: `Provided role '${RoleArn}' cannot be assumed by principal 'events.amazonaws.com'.`,
      });
    }
    expect(await refusalOf(target(elsewhere, {}))).to.include({
      code: "ValidationException",
      message: `RoleArn is required for target ${busArn(home)}.`,
    });
  });

  it("is refused by name for other buses, other accounts, and an input that is not the event", async () => {
    const RoleArn = roleArn;
    for (const more of [
      { Arn: `arn:aws:events:${home}:${management}:event-bus/own` },
      { Arn: `arn:aws:events:${home}:${orders}:event-bus/default` },
      { Arn: busArn(elsewhere) },
      { Input: "{}" },
    ]) {
      expect(await refusalOf(target(elsewhere, { RoleArn, ...more }))).to.include({ status: 501 });
    }
  });

  it("takes iam:PassRole of whoever makes the target", async () => {
    const limited = document({ Effect: "Allow", Action: "events:*", Resource: "*" });
    const user = { RoleName: "maker", PolicyName: "events", PolicyDocument: limited };
    await makeRole("maker", { AWS: `arn:aws:iam::${management}:root` });
    await iam.send(new PutRolePolicyCommand(user));
    const maker = await assumeMaker();
    const refused = maker.send(
      new PutTargetsCommand({ Rule: "root", Targets: [{ Id: "one", Arn: busArn(home), RoleArn: roleArn }] }),
    );
    expect((await refusalOf(refused)).message).to.include(`iam:PassRole on resource: ${roleArn}`);
  });

  const assumeMaker = async (): Promise<EventBridgeClient> => {
    const settings = administrator(sandbox, "management", elsewhere);
    const { Credentials } = await new STSClient(settings).send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${management}:role/maker`, RoleSessionName: "maker" }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return new EventBridgeClient({ ...settings, credentials });
  };
});
