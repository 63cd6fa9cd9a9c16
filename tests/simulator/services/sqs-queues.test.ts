import {
  AddPermissionCommand,
  CreateQueueCommand,
  type CreateQueueRequest,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator, as } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const QueueName = "orders-events";
const { orders, audit } = sandboxAccounts;
const arn = `arn:aws:sqs:ap-northeast-2:${orders}:${QueueName}`;

describe("SQS queues", () => {
  let sandbox: SandboxOrganization;
  let sqs: SQSClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    sqs = client();
  });

  afterEach(() => sandbox.close());

  const client = (account: AccountName = "orders", region?: string): SQSClient =>
    new SQSClient(administrator(sandbox, account, region));
  const create = async (name = QueueName, more: Partial<CreateQueueRequest> = {}): Promise<string> =>
    (await sqs.send(new CreateQueueCommand({ QueueName: name, ...more }))).QueueUrl ?? "";
  const set = (QueueUrl: string, Attributes: Record<string, string>, by = sqs) =>
    by.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

  it("are found by a URL that leads back to the sandbox", async () => {
    const QueueUrl = await create();
    expect(QueueUrl).to.equal(`${sandbox.endpoint}/${orders}/${QueueName}`);
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl).to.equal(QueueUrl);
  });

  const direct = (region?: string): SQSClient =>
    new SQSClient({ ...administrator(sandbox, "orders", region), useQueueUrlAsEndpoint: false });
  const readArn = async (QueueUrl: string, by = direct()): Promise<unknown> =>
    (await by.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }))).Attributes;

  it("section 11: are found by AWS's URL for the Region too, by other names of the loopback, and by the path", async () => {
    await create();
    for (const origin of [
      "https://sqs.ap-northeast-2.amazonaws.com/",
      "https://ap-northeast-2.queue.amazonaws.com/",
      "http://localhost:4566/",
      "http://sqs.ap-northeast-2.localhost:4566/",
      "/",
    ]) {
      expect(await readArn(`${origin}${orders}/${QueueName}`), origin).to.deep.equal({ QueueArn: arn });
    }
  });

  it("section 6: refuse a URL of another Region, of a foreign host, or with more than a queue's path", async () => {
    await create();
    for (const url of [
      `https://sqs.us-east-1.amazonaws.com/${orders}/${QueueName}`,
      `https://queue.amazonaws.com/${orders}/${QueueName}`,
      `https://queues.example.com/${orders}/${QueueName}`,
      `https://sqs.ap-northeast-2.amazonaws.com.example.com/${orders}/${QueueName}`,
      `${sandbox.endpoint}/more/${orders}/${QueueName}`,
      `${sandbox.endpoint}/${orders}/${QueueName}/`,
      `${sandbox.endpoint}/${orders}/${QueueName}/more`,
      `${sandbox.endpoint}/${orders}/${QueueName}?x=1`,
      "",
    ]) {
      expect(await refusalOf(readArn(url)), url).to.include({
        code: "InvalidAddress",
        message: `The address ${url} is not valid for this endpoint.`,
        status: 404,
      });
    }
    expect(
      await refusalOf(readArn(`https://queue.amazonaws.com/${orders}/${QueueName}`, direct("us-east-1"))),
    ).to.include({ code: "QueueDoesNotExist", status: 400 });
  });

  it("are made again with the same attributes, refused with others", async () => {
    const QueueUrl = await create(QueueName, { Attributes: { DelaySeconds: "5" } });
    expect(await create(QueueName, { Attributes: { DelaySeconds: "5", VisibilityTimeout: "30" } })).to.equal(QueueUrl);
    expect(await refusalOf(create(QueueName, { Attributes: { DelaySeconds: "6" } }))).to.deep.include({
      code: "QueueNameExists",
      message: "A queue already exists with the same name and a different value for attribute DelaySeconds",
      status: 400,
    });
  });

  it("keep their name for 60 seconds after their deletion", async () => {
    const QueueUrl = await create();
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).to.equal(undefined);
    sandbox.clock.advance(59_000);
    expect(await refusalOf(create())).to.include({ code: "QueueDeletedRecently", status: 400 });
    sandbox.clock.advance(1_000);
    expect(await create()).to.equal(QueueUrl);
  });

  it("section 6: a missing queue, in SQS's words; another Region's queue is missing too", async () => {
    const QueueUrl = await create();
    const missing = { code: "QueueDoesNotExist", message: "The specified queue does not exist.", status: 400 };
    expect(await refusalOf(sqs.send(new GetQueueUrlCommand({ QueueName: "nope" })))).to.include(missing);
    expect(await refusalOf(set(QueueUrl, { DelaySeconds: "1" }, client("orders", "us-east-1")))).to.include(missing);
    const error: unknown = await sqs
      .send(new GetQueueUrlCommand({ QueueName: "nope" }))
      .catch((reason: unknown) => reason);
    expect(error).to.have.nested.property(
      "$response.headers.x-amzn-query-error",
      "AWS.SimpleQueueService.NonExistentQueue;Sender",
    );
  });

  it("refuse names that are none, and by name what is not modelled", async () => {
    expect(await refusalOf(create("orders events"))).to.deep.include({
      message: "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      status: 400,
    });
    expect(await refusalOf(create("orders.fifo", { Attributes: { FifoQueue: "true" } }))).to.include({ status: 501 });
    const QueueUrl = await create();
    expect(await refusalOf(set(QueueUrl, { RedrivePolicy: "{}" }))).to.include({
      message: "The queue attribute RedrivePolicy is not modelled by the sandbox organization.",
      status: 501,
    });
    const label = new AddPermissionCommand({ QueueUrl, Label: "x", AWSAccountIds: [audit], Actions: ["*"] });
    expect(await refusalOf(sqs.send(label))).to.include({ status: 501 });
  });

  it("refuse a URL that names no queue", async () => {
    const bare = new SQSClient({ ...administrator(sandbox, "orders"), useQueueUrlAsEndpoint: false });
    expect(await refusalOf(set("orders-events", { DelaySeconds: "1" }, bare))).to.include({
      code: "InvalidAddress",
      status: 404,
    });
  });

  describe("attributes", () => {
    const wrong: readonly [name: string, value: string, code: string, message: string][] = [
      ["Colour", "blue", "InvalidAttributeName", "Unknown Attribute Colour."],
      ["QueueArn", arn, "InvalidAttributeName", "Unknown Attribute QueueArn."],
      ["DelaySeconds", "901", "InvalidAttributeValue", "Invalid value for the parameter DelaySeconds."],
      ["VisibilityTimeout", "soon", "InvalidAttributeValue", "Invalid value for the parameter VisibilityTimeout."],
      ["Policy", "Deny all", "InvalidAttributeValue", "Invalid value for the parameter Policy."],
      [
        "Policy",
        policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn }),
        "InvalidAttributeValue",
        "Invalid value for the parameter Policy.",
      ],
      [
        "Policy",
        policy({ Effect: "Deny", Action: "sqs:*", Resource: arn }),
        "InvalidAttributeValue",
        "Invalid value for the parameter Policy.",
      ],
      [
        "Policy",
        policy({
          Effect: "Deny",
          Principal: { AWS: `arn:aws:iam::${orders}:user/nobody` },
          Action: "sqs:*",
          Resource: arn,
        }),
        "InvalidAttributeValue",
        "Invalid value for the parameter Policy.",
      ],
    ];

    for (const [name, value, code, message] of wrong) {
      it(`section 6: ${name} must not be ${value}`, async () => {
        const QueueUrl = await create();
        expect(await refusalOf(set(QueueUrl, { [name]: value }))).to.include({ code, message, status: 400 });
      });
    }

    it("are read one by one or all together", async () => {
      const QueueUrl = await create();
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "y", DelaySeconds: 10 }));
      const read = async (...AttributeNames: string[]): Promise<unknown> =>
        (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as ["All"] })))
          .Attributes;
      expect(await read()).to.equal(undefined);
      expect(await read("Policy")).to.equal(undefined);
      expect(await read("VisibilityTimeout", "QueueArn")).to.deep.equal({ VisibilityTimeout: "30", QueueArn: arn });
      expect(await read("All")).to.include({
        MessageRetentionPeriod: "345600",
        SqsManagedSseEnabled: "true",
        ApproximateNumberOfMessages: "1",
        ApproximateNumberOfMessagesDelayed: "1",
      });
      expect(await refusalOf(read("Colour"))).to.include({ code: "InvalidAttributeName" });
    });
  });

  it("section 6: are listed with a token only where pages were asked for", async () => {
    for (const name of ["orders-1", "orders-2", "orders-3", "other"]) await create(name);
    const list = async (input: object): Promise<readonly [unknown, string | undefined]> => {
      const { QueueUrls, NextToken } = await sqs.send(new ListQueuesCommand(input));
      return [QueueUrls?.map((url) => url.split("/").at(-1)), NextToken];
    };
    expect(await list({ QueueNamePrefix: "orders-" })).to.deep.equal([["orders-1", "orders-2", "orders-3"], undefined]);
    const [first, NextToken] = await list({ QueueNamePrefix: "orders-", MaxResults: 2 });
    expect(first).to.deep.equal(["orders-1", "orders-2"]);
    expect(NextToken).to.be.a("string");
    expect(await list({ QueueNamePrefix: "orders-", MaxResults: 2, NextToken })).to.deep.equal([
      ["orders-3"],
      undefined,
    ]);
    expect(await refusalOf(list({ MaxResults: 2, NextToken: "nonsense" }))).to.include({ status: 400 });
    expect(await refusalOf(list({ MaxResults: 1001 }))).to.include({ status: 400 });
    expect((await client("audit").send(new ListQueuesCommand({}))).QueueUrls).to.equal(undefined);
  });

  it("name the account's queues without a name when listing them is denied", async () => {
    const iam = new IAMClient(administrator(sandbox, "orders"));
    await iam.send(new CreateUserCommand({ UserName: "idle" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "idle" }));
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
    const idle = new SQSClient(as(administrator(sandbox, "orders"), { accessKeyId, secretAccessKey }));
    expect(await refusalOf(idle.send(new ListQueuesCommand({})))).to.include({
      code: "AccessDenied",
      message: `User: arn:aws:iam::${orders}:user/idle is not authorized to perform: sqs:listqueues on resource: arn:aws:sqs:ap-northeast-2:${orders}: because no identity-based policy allows the sqs:listqueues action`,
    });
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachUserPolicyCommand({ UserName: "idle", PolicyArn }));
    await idle.send(new ListQueuesCommand({}));
  });

  it("are purged once a minute", async () => {
    const QueueUrl = await create();
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(await refusalOf(sqs.send(new PurgeQueueCommand({ QueueUrl })))).to.include({
      code: "PurgeQueueInProgress",
      message: `Only one PurgeQueue operation on ${QueueName} is allowed every 60 seconds.`,
    });
    sandbox.clock.advance(60_000);
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });

  it("have tags", async () => {
    const QueueUrl = await create(QueueName, { tags: { team: "orders" } });
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { drill: "1" } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["team"] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).to.deep.equal({ drill: "1" });
    expect(await refusalOf(sqs.send(new TagQueueCommand({ QueueUrl, Tags: { "aws:x": "1" } })))).to.include({
      status: 400,
    });
  });

  it("section 6: open to another account by their policy, but for what is the owner's alone", async () => {
    const QueueUrl = await create();
    const foreign = client("audit");
    const send = new SendMessageCommand({ QueueUrl, MessageBody: "from afar" });
    expect(await refusalOf(foreign.send(send))).to.include({ code: "AccessDenied" });
    const Principal = { AWS: `arn:aws:iam::${audit}:root` };
    await set(QueueUrl, { Policy: policy({ Effect: "Allow", Principal, Action: "sqs:*", Resource: arn }) });
    await foreign.send(send);
    expect(await refusalOf(foreign.send(new DeleteQueueCommand({ QueueUrl })))).to.include({ code: "AccessDenied" });
    expect(await refusalOf(set(QueueUrl, { Policy: "" }, foreign))).to.include({ code: "AccessDenied" });
  });

  it("leave their management in the trail, not their messages", async () => {
    const QueueUrl = await create();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "secret" }));
    await set(QueueUrl, { DelaySeconds: "1" });
    expect(sandbox.state.trail.map(({ eventName }) => eventName)).to.deep.equal(["CreateQueue", "SetQueueAttributes"]);
  });
});
