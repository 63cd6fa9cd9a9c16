import {
  CreateTrailCommand,
  CloudTrailClient,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  type RuleState,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "./clients.ts";
import { refusalOf } from "./refusal.ts";
import { enableRootAccess, rootSession } from "./root-session.ts";

const { management, orders } = sandboxAccounts;
const region = "ap-northeast-2";
const TopicArn = `arn:aws:sns:${region}:${management}:alerts`;
const queueArn = `arn:aws:sqs:${region}:${management}:alerts`;
const trailArn = `arn:aws:cloudtrail:us-east-1:${management}:trail/organization-trail`;
const everyManagementEvent: RuleState = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const pattern = {
  source: ["aws.sts"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: { eventSource: ["sts.amazonaws.com"], eventName: ["AssumeRoot"] },
};

describe("section 9: an alert for a root session", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    await enableRootAccess(sandbox);
    await new EventBridgeClient(settings()).send(
      new PutRuleCommand({ Name: "root", EventPattern: JSON.stringify(pattern), State: everyManagementEvent }),
    );
    await makeTopic();
    await makeQueue();
    await target({});
  });

  afterEach(() => sandbox.close());

  const settings = (inRegion = region) => administrator(sandbox, "management", inRegion);
  const sns = (): SNSClient => new SNSClient(settings());
  const sqs = (): SQSClient => new SQSClient(settings());
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const service = (name: string, Action: string | string[], Resource: string, more: object = {}): object => ({
    Effect: "Allow",
    Principal: { Service: name },
    Action,
    Resource,
    ...more,
  });
  const topicPolicy = (Policy: string): Promise<unknown> =>
    sns().send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue: Policy }));
  const topicKey = (AttributeValue: string): Promise<unknown> =>
    sns().send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "KmsMasterKeyId", AttributeValue }));
  const key = async (...services: string[]): Promise<string> => {
    const owner = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${management}:root` } };
    const use = services.map((name) => service(name, ["kms:GenerateDataKey*", "kms:Decrypt"], "*"));
    const Policy = document({ ...owner, Action: "kms:*", Resource: "*" }, ...use);
    const { KeyMetadata } = await new KMSClient(settings()).send(new CreateKeyCommand({ Policy }));
    return KeyMetadata?.Arn ?? "";
  };
  const queueAttributes = (Attributes: Record<string, string>): Promise<unknown> =>
    sqs().send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(), Attributes }));
  const queueUrl = (): string => `${sandbox.endpoint}/${management}/alerts`;

  const makeTopic = async (): Promise<void> => {
    await sns().send(new CreateTopicCommand({ Name: "alerts" }));
    await topicPolicy(document(service("events.amazonaws.com", "sns:Publish", TopicArn)));
    await topicKey(await key("events.amazonaws.com"));
  };
  const makeQueue = async (): Promise<void> => {
    const condition = {
      Condition: { ArnEquals: { "aws:SourceArn": TopicArn }, StringEquals: { "aws:SourceAccount": management } },
    };
    const Policy = document(service("sns.amazonaws.com", "sqs:SendMessage", queueArn, condition));
    await sqs().send(new CreateQueueCommand({ QueueName: "alerts", Attributes: { Policy } }));
    await sns().send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn }));
  };
  const target = (more: Partial<Target>): Promise<unknown> =>
    new EventBridgeClient(settings()).send(
      new PutTargetsCommand({ Rule: "root", Targets: [{ Id: "topic", Arn: TopicArn, ...more }] }),
    );

  /** What lies in the queue after a root session has been opened. */
  const received = async (WaitTimeSeconds = 0): Promise<string[]> => {
    await rootSession(sandbox, "orders", "S3UnlockBucketPolicy");
    const { Messages = [] } = await sqs().send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl(), MaxNumberOfMessages: 10, WaitTimeSeconds }),
    );
    return Messages.map(({ Body = "" }) => (JSON.parse(Body) as { Message: string }).Message);
  };
  /** The sentences that say why nothing arrived. */
  const reasons = (): string[] => sandbox.state.undelivered.map(({ reason }) => reason);

  it("arrives through an encrypted topic, and says who did what to whom", async () => {
    const [message = "", ...others] = await received();
    expect(others).to.deep.equal([]);
    expect(reasons()).to.deep.equal([]);
    const event = JSON.parse(message) as { detail: Record<string, unknown> };
    expect(event).to.deep.include({
      version: "0",
      source: "aws.sts",
      "detail-type": "AWS API Call via CloudTrail",
      account: management,
      region,
      resources: [],
    });
    expect(event.detail).to.deep.include({
      eventName: "AssumeRoot",
      recipientAccountId: management,
      requestParameters: {
        targetPrincipal: orders,
        taskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
      },
    });
  });

  it("can be a sentence that a person reads", async () => {
    await target({
      InputTransformer: {
        InputPathsMap: { who: "$.detail.userIdentity.arn", account: "$.detail.requestParameters.targetPrincipal" },
        InputTemplate: '"<who> opened a root session in <account>, seen by <aws.events.rule-name>."',
      },
    });
    expect(await received()).to.deep.equal([
      `"arn:aws:iam::${management}:user/administrator opened a root session in ${orders}, seen by root."`,
    ]);
  });

  it("comes after the propagation time, to a receiver who waits for it", async () => {
    await sandbox.close();
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 150 });
    await enableRootAccess(sandbox);
    const State = everyManagementEvent;
    const EventPattern = JSON.stringify(pattern);
    await new EventBridgeClient(settings()).send(new PutRuleCommand({ Name: "root", EventPattern, State }));
    await makeTopic();
    await makeQueue();
    await target({});
    expect(await received()).to.deep.equal([]);
    sandbox.clock.advance(150);
    expect(await received(5)).to.have.length(1);
  });

  it("comes from the Region in which the session was opened, and from no other", async () => {
    const elsewhere = new EventBridgeClient(settings("us-east-1"));
    const rule = { Name: "root", EventPattern: JSON.stringify(pattern), State: everyManagementEvent };
    await elsewhere.send(new PutRuleCommand(rule));
    const wrong = elsewhere.send(new PutTargetsCommand({ Rule: "root", Targets: [{ Id: "topic", Arn: TopicArn }] }));
    expect((await refusalOf(wrong)).message).to.contain("not in correct region");
    expect(await received()).to.have.length(1);
  });

  describe("does not arrive", () => {
    const nothing = async (): Promise<string[]> => {
      expect(await received()).to.deep.equal([]);
      return reasons();
    };

    it("through a rule that is ENABLED and no more", async () => {
      await new EventBridgeClient(settings()).send(
        new PutRuleCommand({ Name: "root", EventPattern: JSON.stringify(pattern), State: "ENABLED" }),
      );
      expect(await nothing()).to.deep.equal([]);
    });

    it("while no trail records it: none, one that is stopped, one without management events", async () => {
      const trails = new CloudTrailClient(settings("us-east-1"));
      await trails.send(
        new PutEventSelectorsCommand({
          TrailName: "organization-trail",
          EventSelectors: [{ ReadWriteType: "WriteOnly" }],
        }),
      );
      expect(await nothing()).to.deep.equal([]);
      await trails.send(
        new PutEventSelectorsCommand({ TrailName: "organization-trail", EventSelectors: [{ ReadWriteType: "All" }] }),
      );
      expect(await received()).to.have.length(1);
      await trails.send(new StopLoggingCommand({ Name: "organization-trail" }));
      expect(await nothing()).to.deep.equal([]);
      await trails.send(new StartLoggingCommand({ Name: "organization-trail" }));
      expect(await received()).to.have.length(1);
      await trails.send(new DeleteTrailCommand({ Name: trailArn }));
      expect(await nothing()).to.deep.equal([]);
    });

    it("through a topic with the key that AWS manages", async () => {
      await topicKey("alias/aws/sns");
      expect((await nothing()).join()).to.match(
        /^events\.amazonaws\.com may not kms:GenerateDataKey on \S+: no resource-based policy allows it\.$/,
      );
    });

    it("through a topic whose key does not name EventBridge", async () => {
      await topicKey(await key());
      expect((await nothing()).join()).to.contain("events.amazonaws.com may not kms:GenerateDataKey");
    });

    it("through a topic whose policy does not name EventBridge, or names it under a condition", async () => {
      await topicPolicy("");
      expect((await nothing()).join()).to.contain(`events.amazonaws.com may not sns:Publish on ${TopicArn}`);
      const Condition = { StringEquals: { "aws:SourceAccount": management } };
      await topicPolicy(document(service("events.amazonaws.com", "sns:Publish", TopicArn, { Condition })));
      await nothing();
      expect(reasons()).to.have.length(2);
    });

    it("in a queue whose policy does not name SNS", async () => {
      await queueAttributes({ Policy: "" });
      expect((await nothing()).join()).to.contain(`sns.amazonaws.com may not sqs:SendMessage on ${queueArn}`);
    });

    it("in an encrypted queue whose key does not name SNS, and arrives when it does", async () => {
      await queueAttributes({ KmsMasterKeyId: await key("events.amazonaws.com") });
      expect((await nothing()).join()).to.contain("sns.amazonaws.com may not kms:GenerateDataKey");
      await queueAttributes({ KmsMasterKeyId: await key("sns.amazonaws.com") });
      expect(await received()).to.have.length(1);
    });
  });

  describe("trails", () => {
    const trails = (account: "management" | "orders" = "management", inRegion = "us-east-1"): CloudTrailClient =>
      new CloudTrailClient(administrator(sandbox, account, inRegion));

    it("the organization's is seen from every account and Region, changed by its owner at home", async () => {
      const seen = await trails("orders", region).send(new DescribeTrailsCommand({}));
      expect(seen.trailList).to.have.length(1);
      expect(seen.trailList?.[0]).to.include({
        TrailARN: trailArn,
        IsMultiRegionTrail: true,
        IsOrganizationTrail: true,
        HomeRegion: "us-east-1",
      });
      const own = new DescribeTrailsCommand({ includeShadowTrails: false });
      expect((await trails("orders").send(own)).trailList).to.deep.equal([]);
      expect(await trails("orders").send(new GetTrailStatusCommand({ Name: trailArn }))).to.include({
        IsLogging: true,
      });
      const { EventSelectors } = await trails().send(new GetEventSelectorsCommand({ TrailName: trailArn }));
      expect(EventSelectors).to.deep.equal([
        {
          ReadWriteType: "All",
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: [],
        },
      ]);
      const stop = new StopLoggingCommand({ Name: trailArn });
      expect(await refusalOf(trails("orders").send(stop))).to.include({ code: "TrailNotFoundException" });
      expect(await refusalOf(trails("management", region).send(stop))).to.include({
        code: "InvalidHomeRegionException",
      });
    });

    for (const [name, message] of [
      ["192.168.5.4", "Trail name must not be in IP address format."],
      ["my--trail", "Trail name must not have adjacent periods, underscores or dashes."],
      ["my_.trail", "Trail name must not have adjacent periods, underscores or dashes."],
      ["ab", "Trail name too short. Minimum allowed length: 3 characters. Specified name length: 2 characters."],
      ["", "Trail name too short. Minimum allowed length: 3 characters. Specified name length: 0 characters."],
      [
        "x".repeat(129),
        "Trail name too long. Maximum allowed length: 128 characters. Specified name length: 129 characters.",
      ],
      ["-trail", "Trail name must starts with a letter or number."],
      ["trail!", "Trail name must ends with a letter or number."],
      ["trai\u0301l", "Trail name or ARN can only contain uppercase letters,"],
    ] as const) {
      it(`are not named ${name.slice(0, 20)}`, async () => {
        const create = new CreateTrailCommand({ Name: name, S3BucketName: "any" });
        const refusal = await refusalOf(trails("orders").send(create));
        expect(refusal).to.include({ code: "InvalidTrailNameException", status: 400 });
        expect(refusal.message).to.match(new RegExp(`^${message.replaceAll(".", "\\.")}`));
      });
    }

    it("need a bucket that lets CloudTrail write, and record nothing until they are started", async () => {
      const create = (more: object = {}): Promise<unknown> =>
        trails("orders").send(new CreateTrailCommand({ Name: "own", S3BucketName: "own-trail-logs", ...more }));
      expect(await refusalOf(create())).to.include({ code: "S3BucketDoesNotExistException" });
      const s3 = new S3Client(administrator(sandbox, "orders", "us-east-1"));
      const Bucket = "own-trail-logs";
      await s3.send(new CreateBucketCommand({ Bucket }));
      expect(await refusalOf(create())).to.include({ code: "InsufficientS3BucketPolicyException" });
      const Policy = document(
        service("cloudtrail.amazonaws.com", "s3:GetBucketAcl", `arn:aws:s3:::${Bucket}`),
        service("cloudtrail.amazonaws.com", "s3:PutObject", `arn:aws:s3:::${Bucket}/AWSLogs/${orders}/*`),
      );
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      expect(await refusalOf(create({ IsOrganizationTrail: true }))).to.include({
        code: "NotOrganizationMasterAccountException",
      });
      await create();
      expect(await refusalOf(create())).to.include({ code: "TrailAlreadyExistsException" });
      expect(await trails("orders").send(new GetTrailStatusCommand({ Name: "own" }))).to.include({ IsLogging: false });
    });
  });
});
