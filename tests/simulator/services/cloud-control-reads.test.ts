import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, EnableKeyRotationCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { audit } = sandboxAccounts;
const region = "eu-west-1";
const allow = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

describe("section 10: Cloud Control reads what other services made", () => {
  let sandbox: SandboxOrganization;
  let cloudControl: CloudControlClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    cloudControl = new CloudControlClient(administrator(sandbox, "audit", region));
  });

  afterEach(() => sandbox.close());

  async function read(TypeName: string, Identifier: string): Promise<unknown> {
    const { ResourceDescription } = await cloudControl.send(new GetResourceCommand({ TypeName, Identifier }));
    expect(ResourceDescription?.Identifier).to.equal(Identifier);
    return JSON.parse(ResourceDescription?.Properties ?? "") as unknown;
  }

  async function deny(...actions: readonly string[]): Promise<void> {
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: actions, Resource: "*" }],
    });
    await new IAMClient(administrator(sandbox, "audit")).send(
      new PutUserPolicyCommand({ UserName: "administrator", PolicyName: "deny", PolicyDocument }),
    );
  }

  it("a role with its inline and managed policies, documents as objects", async () => {
    const iam = new IAMClient(administrator(sandbox, "audit"));
    const trust = allow({ Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" });
    const policy = allow({ Action: "events:PutEvents", Resource: "*" });
    const Tags = [{ Key: "owner", Value: "x" }];
    const RoleName = "hand";
    const Path = "/glass/";
    await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trust, Tags }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "put", PolicyDocument: policy }));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await read("AWS::IAM::Role", RoleName))
      .to.deep.include({
        RoleName,
        Path,
        Arn: `arn:aws:iam::${audit}:role/glass/hand`,
        AssumeRolePolicyDocument: JSON.parse(trust) as unknown,
        MaxSessionDuration: 3600,
        ManagedPolicyArns: [PolicyArn],
        Policies: [{ PolicyName: "put", PolicyDocument: JSON.parse(policy) as unknown }],
        Tags,
      })
      .and.not.have.property("Description");
    const absent = await refusalOf(read("AWS::IAM::Role", "none"));
    expect(absent).to.include({ code: "ResourceNotFoundException" });
    await deny("iam:ListRolePolicies");
    const denied = await refusalOf(read("AWS::IAM::Role", RoleName));
    expect(denied.message).to.include("not authorized to perform: iam:ListRolePolicies").and.include("AccessDenied");
  });

  it("a topic with its subscriptions; of its policy only one that somebody has put", async () => {
    const sns = new SNSClient(administrator(sandbox, "audit", region));
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "glass" }));
    expect(await read("AWS::SNS::Topic", TopicArn)).to.deep.equal({ TopicArn, TopicName: "glass", Subscription: [] });
    const none = await refusalOf(read("AWS::SNS::TopicInlinePolicy", TopicArn));
    expect(none).to.include({ code: "ResourceNotFoundException" });
    expect(none.message).to.include(`Topic: ${TopicArn}, Policy does not exist`);

    const set = async (AttributeName: string, AttributeValue: string): Promise<unknown> =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    const policy = allow({ Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: TopicArn });
    await set("DisplayName", "Glass");
    await set("Policy", policy);
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "a@example.com" }));
    expect(await read("AWS::SNS::Topic", TopicArn)).to.deep.include({
      DisplayName: "Glass",
      Subscription: [{ Endpoint: "a@example.com", Protocol: "email" }],
    });
    expect(await read("AWS::SNS::TopicInlinePolicy", TopicArn)).to.deep.equal({
      TopicArn,
      PolicyDocument: JSON.parse(policy) as unknown,
    });
    const absent = await refusalOf(read("AWS::SNS::Topic", `${TopicArn}-none`));
    expect(absent).to.include({ code: "ResourceNotFoundException" });
    await deny("sns:GetTopicAttributes");
    const denied = await refusalOf(read("AWS::SNS::Topic", TopicArn));
    expect(denied).to.include({ code: "AccessDeniedException" });
  });

  it("a key but for what the caller may not see; one that waits for its deletion is gone", async () => {
    const kms = new KMSClient(administrator(sandbox, "audit", region));
    const Tags = [{ TagKey: "for", TagValue: "glass" }];
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "glass", Tags }));
    const { KeyId = "", Arn } = KeyMetadata ?? {};
    const first = {
      KeyId,
      Arn,
      Description: "glass",
      Enabled: true,
      EnableKeyRotation: false,
      KeySpec: "SYMMETRIC_DEFAULT",
    };
    const seen = await read("AWS::KMS::Key", KeyId);
    expect(seen).to.deep.include({ ...first, Tags: [{ Key: "for", Value: "glass" }] });
    expect(seen).to.have.nested.property("KeyPolicy.Statement[0].Action", "kms:*");
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    expect(await read("AWS::KMS::Key", KeyId)).to.include({ EnableKeyRotation: true, RotationPeriodInDays: 365 });

    await deny("kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags");
    expect(await read("AWS::KMS::Key", KeyId)).to.not.have.any.keys("KeyPolicy", "EnableKeyRotation", "Tags");
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    const gone = await refusalOf(read("AWS::KMS::Key", KeyId));
    expect(gone).to.include({ code: "ResourceNotFoundException" });
  });

  it("a rule with its targets, by its ARN in its Region", async () => {
    const events = new EventBridgeClient(administrator(sandbox, "audit", region));
    const queue = { Id: "queue", Arn: `arn:aws:sqs:${region}:${audit}:q` };
    await events.send(new PutRuleCommand({ Name: "glass", EventPattern: '{ "source": ["aws.sts"] }' }));
    const Arn = `arn:aws:events:${region}:${audit}:rule/glass`;
    const bare = {
      Arn,
      Name: "glass",
      EventBusName: "default",
      EventPattern: { source: ["aws.sts"] },
      State: "ENABLED",
    };
    expect(await read("AWS::Events::Rule", Arn)).to.deep.equal(bare);
    await events.send(new PutTargetsCommand({ Rule: "glass", Targets: [queue] }));
    expect(await read("AWS::Events::Rule", Arn)).to.deep.equal({ ...bare, Targets: [queue] });
    const elsewhere = new CloudControlClient(administrator(sandbox, "audit", "us-east-1"));
    const absent = await refusalOf(
      elsewhere.send(new GetResourceCommand({ TypeName: "AWS::Events::Rule", Identifier: Arn })),
    );
    expect(absent).to.include({ code: "ResourceNotFoundException" });
    const none = await refusalOf(read("AWS::Events::Rule", "glass"));
    expect(none).to.include({ code: "InvalidRequestException" });
  });
});
