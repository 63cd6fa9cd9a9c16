import {
  CloudTrailClient,
  type LookupAttributeKey,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from "@aws-sdk/client-cloudtrail";
import { GetAccountSummaryCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { AssumeRootCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type TaskName, taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type AccountName } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { identityOf } from "../root-session.ts";

const { audit, orders } = sandboxAccounts;

describe("cloudtrail", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ configured: true });
  });

  afterEach(() => sandbox.close());

  const trail = (account: AccountName, region?: string): CloudTrailClient =>
    new CloudTrailClient(administrator(sandbox, account, region));

  const lookUp = async (client: CloudTrailClient, input: LookupEventsCommandInput = {}) =>
    (await client.send(new LookupEventsCommand(input))).Events ?? [];

  const byName = (AttributeValue: string): LookupEventsCommandInput => ({
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue }],
  });

  /** Opens a root session in the Orders account, from Audit. */
  const assumeRoot = async (task: TaskName) => {
    const sts = new STSClient(administrator(sandbox, "audit"));
    const input = { TargetPrincipal: orders, TaskPolicyArn: { arn: taskPolicyArn(task) }, DurationSeconds: 600 };
    return identityOf((await sts.send(new AssumeRootCommand(input))).Credentials);
  };

  it("section 9: AssumeRoot is recorded in the caller's account, in the Region of the endpoint", async () => {
    const { accessKeyId, sessionToken } = await assumeRoot("IAMAuditRootUserCredentials");
    const [event, ...others] = await lookUp(trail("audit"), byName("AssumeRoot"));
    expect(others).to.deep.equal([]);
    expect(event).to.include({
      EventSource: "sts.amazonaws.com",
      Username: "administrator",
      ReadOnly: "true",
    });
    const record = recordOf(event);
    expect(record).to.deep.include({
      eventSource: "sts.amazonaws.com",
      eventName: "AssumeRoot",
      awsRegion: "ap-northeast-2",
      recipientAccountId: audit,
      requestParameters: {
        targetPrincipal: orders,
        taskPolicyArn: { arn: taskPolicyArn("IAMAuditRootUserCredentials") },
        durationSeconds: 600,
      },
    });
    const { credentials } = record["responseElements"] as { credentials: Record<string, unknown> };
    expect(credentials).to.have.all.keys("accessKeyId", "sessionToken", "expiration");
    expect(credentials).to.include({ accessKeyId, sessionToken });
    expect(credentials["expiration"]).to.match(/^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d [AP]M$/);
    expect(await lookUp(trail("audit", "us-east-1"), byName("AssumeRoot"))).to.deep.equal([]);
    expect(await lookUp(trail("orders"), byName("AssumeRoot"))).to.deep.equal([]);
  });

  it("section 9: what the session does is recorded in the member account, and joins on the access key", async () => {
    const session = await assumeRoot("IAMAuditRootUserCredentials");
    const iam = new IAMClient(as(administrator(sandbox, "audit"), session));
    await iam.send(new GetAccountSummaryCommand({}));
    const [event] = await lookUp(trail("orders", "us-east-1"), {
      LookupAttributes: [{ AttributeKey: "AccessKeyId", AttributeValue: session.accessKeyId }],
    });
    expect(event).to.include({ EventName: "GetAccountSummary", Username: "root", ReadOnly: "true" });
    const { userIdentity } = recordOf(event) as { userIdentity: Record<string, Record<string, unknown>> };
    const { sessionContext, ...identity } = userIdentity;
    expect(identity).to.deep.equal({
      type: "Root",
      principalId: orders,
      arn: `arn:aws:iam::${orders}:root`,
      accountId: orders,
      accessKeyId: session.accessKeyId,
    });
    const { attributes, ...context } = sessionContext ?? {};
    expect(context).to.deep.equal({ assumedRoot: "true" });
    expect(attributes).to.include({ mfaAuthenticated: "false" });
    expect(attributes)
      .to.have.property("creationDate")
      .that.matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("section 9: SQS is recorded in the resource's Region", async () => {
    const session = await assumeRoot("SQSUnlockQueuePolicy");
    const sqs = new SQSClient(as(administrator(sandbox, "audit"), session));
    await refusalOf(sqs.send(new GetQueueUrlCommand({ QueueName: "none" })));
    const [event] = await lookUp(trail("orders"), byName("GetQueueUrl"));
    expect(recordOf(event)).to.include({ awsRegion: "ap-northeast-2", recipientAccountId: orders });
  });

  it("section 9: the session is found by every lookup attribute, and by nothing that it is not", async () => {
    const session = await assumeRoot("SQSUnlockQueuePolicy");
    const sqs = new SQSClient(as(administrator(sandbox, "audit"), session));
    await sqs.send(new ListQueuesCommand({}));
    await refusalOf(sqs.send(new SendMessageCommand({ QueueUrl: `https://sqs/${orders}/none`, MessageBody: "x" })));
    await refusalOf(sqs.send(new DeleteQueueCommand({ QueueUrl: `https://sqs/${orders}/none` })));
    await new SQSClient(administrator(sandbox, "orders")).send(new ListQueuesCommand({}));
    const found = async (AttributeKey: LookupAttributeKey, AttributeValue: string) => {
      const input = { LookupAttributes: [{ AttributeKey, AttributeValue }] };
      return (await lookUp(trail("orders"), input)).map(({ EventName }) => EventName);
    };
    const both = ["DeleteQueue", "ListQueues"];
    expect(await found("AccessKeyId", session.accessKeyId)).to.deep.equal(both);
    expect(await found("Username", "root")).to.deep.equal(both);
    expect(await found("EventSource", "sqs.amazonaws.com")).to.deep.equal(["ListQueues", ...both]);
    expect(await found("EventName", "DeleteQueue")).to.deep.equal(["DeleteQueue"]);
    const [deleted] = await lookUp(trail("orders"), byName("DeleteQueue"));
    expect(deleted).to.include({ ReadOnly: "false", AccessKeyId: session.accessKeyId, Username: "root" });
    expect(await found("EventId", deleted?.EventId ?? "")).to.deep.equal(["DeleteQueue"]);
    expect(await found("ReadOnly", "false")).to.deep.equal(["DeleteQueue"]);
    for (const none of ["ASIANOBODY", "root"]) expect(await found("AccessKeyId", none)).to.deep.equal([]);
  });

  it("section 9: S3's work of a session is in the bucket's Region, refusals with their sentence", async () => {
    const session = await assumeRoot("S3UnlockBucketPolicy");
    const s3 = new S3Client(as(administrator(sandbox, "audit", "eu-west-1"), session));
    const { message } = await refusalOf(s3.send(new CreateBucketCommand({ Bucket: "orders-archive" })));
    const [event] = await lookUp(trail("orders", "eu-west-1"), byName("CreateBucket"));
    expect(recordOf(event)).to.include({
      awsRegion: "eu-west-1",
      eventSource: "s3.amazonaws.com",
      recipientAccountId: orders,
      errorCode: "AccessDenied",
      errorMessage: message,
    });
    expect(await lookUp(trail("orders", "us-east-1"), byName("CreateBucket"))).to.deep.equal([]);
  });

  it("a denied call is recorded with the code and the message that the caller got", async () => {
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "iam:GetAccountSummary", Resource: "*" }],
    });
    const iam = new IAMClient(administrator(sandbox, "audit"));
    await iam.send(new PutUserPolicyCommand({ UserName: "administrator", PolicyName: "no", PolicyDocument }));
    const { code, message } = await refusalOf(iam.send(new GetAccountSummaryCommand({})));
    const [event] = await lookUp(trail("audit", "us-east-1"), byName("GetAccountSummary"));
    expect(recordOf(event)).to.include({ errorCode: code, errorMessage: message });
    expect(message).to.match(/not authorized to perform: iam:GetAccountSummary on resource: \* with an explicit deny/);
  });

  it("no secret access key is ever recorded", async () => {
    const { secretAccessKey } = await assumeRoot("IAMAuditRootUserCredentials");
    expect(JSON.stringify(sandbox.state.trail)).not.to.contain(secretAccessKey);
  });

  it("section 9: pages newest first, each event once, though reading the trail makes it longer", async () => {
    const sts = new STSClient(administrator(sandbox, "audit"));
    for (let call = 0; call < 7; call += 1) await sts.send(new GetCallerIdentityCommand({}));
    const client = trail("audit");
    const pages = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new LookupEventsCommand({ MaxResults: 3, NextToken }));
      pages.push(page.Events ?? []);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(pages.map((page) => page.length)).to.deep.equal([3, 3, 1]);
    const events = pages.flat();
    expect(new Set(events.map(({ EventId }) => EventId)).size).to.equal(7);
    const times = events.map(({ EventTime }) => EventTime?.getTime() ?? 0);
    expect(times).to.deep.equal(times.toSorted((a, b) => b - a));
  });

  it("a token belongs to what was asked with it", async () => {
    const client = trail("audit");
    for (let call = 0; call < 3; call += 1) await lookUp(client);
    const { NextToken } = await client.send(new LookupEventsCommand({ MaxResults: 1 }));
    expect(NextToken).to.be.a("string");
    for (const input of [{ ...byName("LookupEvents"), NextToken }, { NextToken: "1.x.y" }]) {
      expect(await refusalOf(lookUp(client, input))).to.include({ code: "InvalidNextTokenException", status: 400 });
    }
  });

  it("section 9: looks between two times and 90 days back", async () => {
    const sts = new STSClient(administrator(sandbox, "audit"));
    const before = sandbox.clock.now();
    await sts.send(new GetCallerIdentityCommand({}));
    const client = trail("audit");
    expect(await lookUp(client, { EndTime: new Date(before.getTime() - 1000) })).to.deep.equal([]);
    expect(await lookUp(client, { StartTime: before, ...byName("GetCallerIdentity") })).to.have.lengthOf(1);
    const event = sandbox.state.trail.find(({ eventName }) => eventName === "GetCallerIdentity");
    if (!event) expect.fail("GetCallerIdentity is not in the trail.");
    const days = 24 * 60 * 60 * 1000;
    const aged = { ...event, time: new Date(before.getTime() - 91 * days) };
    sandbox.state.trail.splice(sandbox.state.trail.indexOf(event), 1, aged);
    expect(await lookUp(client, byName("GetCallerIdentity"))).to.deep.equal([]);
  });

  it("refuses what AWS refuses, each by its own error", async () => {
    const client = trail("audit");
    const attribute = { AttributeKey: "EventName", AttributeValue: "AssumeRoot" } as const;
    const cases: readonly (readonly [string, LookupEventsCommandInput])[] = [
      ["InvalidMaxResultsException", { MaxResults: 51 }],
      ["InvalidMaxResultsException", { MaxResults: 0 }],
      ["InvalidLookupAttributesException", { LookupAttributes: [attribute, attribute] }],
      ["InvalidLookupAttributesException", { LookupAttributes: [{ ...attribute, AttributeValue: "" }] }],
      ["InvalidTimeRangeException", { StartTime: new Date(2), EndTime: new Date(1) }],
      ["NotImplemented", { LookupAttributes: [{ ...attribute, AttributeKey: "ResourceName" }] }],
    ];
    for (const [code, input] of cases) expect((await refusalOf(lookUp(client, input))).code).to.equal(code);
  });
});

function recordOf(event: { CloudTrailEvent?: string | undefined } | undefined): Record<string, unknown> {
  return JSON.parse(event?.CloudTrailEvent ?? "{}") as Record<string, unknown>;
}
