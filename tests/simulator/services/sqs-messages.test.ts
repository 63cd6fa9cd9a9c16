import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageRequest,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageRequest,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

describe("SQS messages", () => {
  let sandbox: SandboxOrganization;
  let sqs: SQSClient;
  let QueueUrl: string;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    sqs = new SQSClient(administrator(sandbox, "orders"));
    QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: "orders-events" }))).QueueUrl ?? "";
  });

  afterEach(() => sandbox.close());

  const send = (MessageBody: string, more: Partial<SendMessageRequest> = {}) =>
    sqs.send(new SendMessageCommand({ ...more, QueueUrl, MessageBody }));
  const receive = async (more: Partial<ReceiveMessageRequest> = {}): Promise<readonly Message[]> =>
    (await sqs.send(new ReceiveMessageCommand({ ...more, QueueUrl }))).Messages ?? [];
  const bodies = async (more: Partial<ReceiveMessageRequest> = {}): Promise<readonly (string | undefined)[]> =>
    (await receive({ MaxNumberOfMessages: 10, ...more })).map(({ Body }) => Body);
  const handleOf = (message: Message | undefined): string => message?.ReceiptHandle ?? "";

  it("arrive with their attributes, and the client agrees with every digest", async () => {
    const MessageAttributes = {
      "order.id": { DataType: "Number", StringValue: "7" },
      "order.raw": { DataType: "Binary.gzip", BinaryValue: new Uint8Array([1, 2, 255]) },
      note: { DataType: "String", StringValue: "안녕하세요" },
    };
    const sent = await send("주문 7", { MessageAttributes });
    const [message] = await receive({ MessageAttributeNames: ["order.*"], MessageSystemAttributeNames: ["All"] });
    expect(message).to.include({ Body: "주문 7", MD5OfBody: sent.MD5OfMessageBody, MessageId: sent.MessageId });
    expect(Object.keys(message?.MessageAttributes ?? {})).to.deep.equal(["order.id", "order.raw"]);
    expect(message?.Attributes).to.include({ ApproximateReceiveCount: "1" });
  });

  it("have digests of their attributes that do not come from this code", async () => {
    const digests = [
      ["SOME_Valid.attribute-Name", "Number", "36655e7e9d7c0e8479fa3f3f42247ae7"],
      ["timestamp", "Number.java.lang.Long", "2e2e4876d8e0bd6b8c2c8f556831c349"],
    ] as const;
    for (const [name, DataType, digest] of digests) {
      const MessageAttributes = { [name]: { DataType, StringValue: "1493147359900" } };
      expect((await send("derp", { MessageAttributes })).MD5OfMessageAttributes).to.equal(digest);
    }
  });

  it("are hidden from others while one works on them, and come back afterwards", async () => {
    await send("a");
    expect(await bodies({ VisibilityTimeout: 10 })).to.deep.equal(["a"]);
    expect(await bodies()).to.deep.equal([]);
    sandbox.clock.advance(10_000);
    const [again] = await receive({ MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
    expect(again?.Attributes).to.deep.equal({ ApproximateReceiveCount: "2" });
  });

  it("are deleted by their handle; a second time does no harm", async () => {
    await send("a");
    const ReceiptHandle = handleOf((await receive())[0]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    sandbox.clock.advance(60_000);
    expect(await bodies()).to.deep.equal([]);
    const wrong = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "nonsense" });
    expect(await refusalOf(sqs.send(wrong))).to.include({ code: "ReceiptHandleIsInvalid", status: 404 });
  });

  it("come back sooner or later as their receiver decides", async () => {
    await send("a");
    const ReceiptHandle = handleOf((await receive())[0]);
    const change = (VisibilityTimeout: number) =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    await change(0);
    expect(await refusalOf(change(5))).to.include({ code: "MessageNotInflight" });
    expect(await bodies()).to.deep.equal(["a"]);
    expect(await refusalOf(change(43_201))).to.include({ status: 400 });
  });

  it("wait for their delay, and go after the retention period", async () => {
    await send("late", { DelaySeconds: 30 });
    expect(await bodies()).to.deep.equal([]);
    sandbox.clock.advance(30_000);
    expect(await bodies()).to.deep.equal(["late"]);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MessageRetentionPeriod: "60" } }));
    sandbox.clock.advance(61_000);
    expect(await bodies()).to.deep.equal([]);
  });

  it("end a long poll as soon as one arrives", async () => {
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await send("at last");
    expect(await waiting).to.deep.equal(["at last"]);
  });

  it("end a long poll empty-handed at its deadline", async () => {
    const waiting = bodies({ WaitTimeSeconds: 20 });
    // Two round trips give the poll time to have begun before the clock runs past its deadline.
    await send("hidden", { DelaySeconds: 900 });
    await refusalOf(send(""));
    sandbox.clock.advance(20_000);
    expect(await waiting).to.deep.equal([]);
  });

  it("are refused when empty, too large, not text, or with what is not modelled", async () => {
    expect(await refusalOf(send(""))).to.deep.include({
      message: "The request must contain the parameter MessageBody.",
      status: 400,
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { MaximumMessageSize: "1024" } }));
    expect(await refusalOf(send("x".repeat(1025)))).to.deep.include({
      message: "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    });
    expect(await refusalOf(send("\u0000"))).to.include({ code: "InvalidMessageContents" });
    expect(await refusalOf(send("x", { MessageGroupId: "g" }))).to.include({
      message: "The parameter MessageGroupId of sqs:SendMessage is not modelled by the sandbox organization.",
      status: 501,
    });
  });

  describe("in batches", () => {
    const sendBatch = (entries: readonly (readonly [Id: string, MessageBody: string])[]) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: entries.map(([Id, MessageBody]) => ({ Id, MessageBody })),
        }),
      );

    it("succeed and fail one by one", async () => {
      const { Successful } = await sendBatch([
        ["1", "a"],
        ["2", "b"],
      ]);
      expect(Successful?.map(({ Id }) => Id)).to.deep.equal(["1", "2"]);
      const [first, second] = await receive({ MaxNumberOfMessages: 10 });
      const changed = await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: [
            { Id: "ok", ReceiptHandle: handleOf(first), VisibilityTimeout: 0 },
            { Id: "bad", ReceiptHandle: handleOf(second), VisibilityTimeout: -1 },
          ],
        }),
      );
      expect(changed.Successful?.map(({ Id }) => Id)).to.deep.equal(["ok"]);
      expect(changed.Failed?.map(({ Id, Code }) => [Id, Code])).to.deep.equal([["bad", "InvalidParameterValue"]]);
      const deleted = await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: "ok", ReceiptHandle: handleOf(first) },
            { Id: "bad", ReceiptHandle: "nonsense" },
          ],
        }),
      );
      expect(deleted.Successful?.map(({ Id }) => Id)).to.deep.equal(["ok"]);
      expect(deleted.Failed?.map(({ Id, Code }) => [Id, Code])).to.deep.equal([["bad", "ReceiptHandleIsInvalid"]]);
    });

    it("section 6: an entry that is wrong fails alone, in the words of the single send", async () => {
      const message = "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.";
      const Entries = [
        { Id: "good", MessageBody: "x" },
        { Id: "late", MessageBody: "y", DelaySeconds: 901 },
        { Id: "torn", MessageBody: "\u0000" },
      ];
      const { Successful, Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      expect(Successful?.map(({ Id }) => Id)).to.deep.equal(["good"]);
      expect(Failed?.map(({ Id, Code }) => [Id, Code])).to.deep.equal([
        ["late", "InvalidParameterValue"],
        ["torn", "InvalidMessageContents"],
      ]);
      expect(Failed?.[0]).to.include({ Message: message, SenderFault: true });
      const alone = new SendMessageCommand({ QueueUrl, MessageBody: "y", DelaySeconds: 901 });
      expect(await refusalOf(sqs.send(alone))).to.include({ code: "InvalidParameterValue", message, status: 400 });
    });

    it("are refused as a whole when their form is wrong", async () => {
      const eleven = Array.from({ length: 11 }, (_, index) => [String(index), "x"] as const);
      expect(await refusalOf(sendBatch([]))).to.include({ code: "EmptyBatchRequest" });
      expect(await refusalOf(sendBatch(eleven))).to.include({
        code: "TooManyEntriesInBatchRequest",
        message: "Maximum number of entries per request are 10. You have sent 11.",
      });
      expect(await refusalOf(sendBatch([["a b", "x"]]))).to.include({ code: "InvalidBatchEntryId" });
      const twice = [
        ["1", "x"],
        ["1", "y"],
      ] as const;
      expect(await refusalOf(sendBatch(twice))).to.include({ code: "BatchEntryIdsNotDistinct" });
      const large = [
        ["1", "x".repeat(600_000)],
        ["2", "y".repeat(600_000)],
      ] as const;
      expect(await refusalOf(sendBatch(large))).to.include({ code: "BatchRequestTooLong" });
    });
  });
});
