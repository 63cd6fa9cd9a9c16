import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { denyAllQueuePolicy } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator } from "../clients.ts";
import { type Refusal, refusalOf } from "../refusal.ts";
import { enableRootAccess, rootSession } from "../root-session.ts";
import { json, send, signed } from "../wire-client.ts";

const QueueName = "orders-events";
const { orders, payments } = sandboxAccounts;
const propagationMilliseconds = 60_000;

describe("A locked SQS queue", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds });
    await enableRootAccess(sandbox);
  });

  afterEach(() => sandbox.close());

  const clientOf = (account: AccountName): SQSClient => new SQSClient(administrator(sandbox, account));
  const arnIn = (accountId: string): string => `arn:aws:sqs:ap-northeast-2:${accountId}:${QueueName}`;
  const propagate = (): void => {
    sandbox.clock.advance(propagationMilliseconds);
  };

  async function lock(account: AccountName): Promise<{ sqs: SQSClient; QueueUrl: string; Policy: string }> {
    const sqs = clientOf(account);
    const Policy = JSON.stringify(denyAllQueuePolicy(arnIn(sandboxAccounts[account])));
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    propagate();
    return { sqs, QueueUrl, Policy };
  }

  const denied = (action: string, accountId: string, by: string, user = "user/administrator"): Refusal => ({
    code: "AccessDenied",
    message: `User: arn:aws:iam::${accountId}:${user} is not authorized to perform: sqs:${action} on resource: ${arnIn(accountId)} with an explicit deny in a ${by}`,
    status: 403,
    reason: undefined,
  });

  it("section 6: denies the owner's administrator, in SQS's words", async () => {
    const { sqs, QueueUrl } = await lock("orders");
    const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
    const send = new SendMessageCommand({ QueueUrl, MessageBody: "hello" });
    const unlock = new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } });

    expect(await refusalOf(sqs.send(all))).to.deep.equal(denied("getqueueattributes", orders, "resource-based policy"));
    expect(await refusalOf(sqs.send(send))).to.deep.equal(denied("sendmessage", orders, "resource-based policy"));
    expect(await refusalOf(sqs.send(unlock))).to.deep.equal(
      denied("setqueueattributes", orders, "resource-based policy"),
    );
  });

  it("section 6: the denial carries the old protocol's code in its header", async () => {
    const { sqs, QueueUrl } = await lock("orders");
    const receive = new ReceiveMessageCommand({ QueueUrl });
    const error: unknown = await sqs.send(receive).catch((reason: unknown) => reason);
    expect(error).to.have.nested.property("$response.headers.x-amzn-query-error", "AccessDenied;Sender");
  });

  it("section 6: the denial, byte for byte", async () => {
    const { QueueUrl } = await lock("orders");
    const settings = administrator(sandbox, "orders");
    const body = JSON.stringify({ QueueUrl, MessageBody: "hello" });
    const answer = await send(await signed(settings, "sqs", json("AmazonSQS.SendMessage", body)));
    const { message } = denied("sendmessage", orders, "resource-based policy");
    expect(answer.status).to.equal(403);
    expect(answer.body).to.equal(`{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"${message}"}`);
    expect(answer.headers["x-amzn-query-error"]).to.equal("AccessDenied;Sender");
  });

  it("section 6: ListQueues is not subject to queue policies", async () => {
    const { sqs, QueueUrl } = await lock("orders");
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).to.deep.equal([QueueUrl]);
    expect(await refusalOf(sqs.send(new GetQueueUrlCommand({ QueueName })))).to.include({ code: "AccessDenied" });
  });

  it("section 6: takes its time to lock and to unlock, for enforcement and read-back alike", async () => {
    const sqs = clientOf("orders");
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const Policy = JSON.stringify(denyAllQueuePolicy(arnIn(orders)));
    const readPolicy = async (by: SQSClient): Promise<string | undefined> =>
      (await by.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }))).Attributes?.["Policy"];

    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    expect(await readPolicy(sqs)).to.equal(undefined);
    sandbox.clock.advance(propagationMilliseconds / 2);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "still open" }));
    propagate();
    expect(await refusalOf(readPolicy(sqs))).to.include({ code: "AccessDenied" });

    const root = new SQSClient(await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy"));
    await root.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } }));
    expect(await readPolicy(root)).to.equal(Policy);
    expect(await refusalOf(readPolicy(sqs))).to.include({ code: "AccessDenied" });
    propagate();
    expect(await readPolicy(sqs)).to.equal(undefined);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "open again" }));
  });

  it("section 6: a root session of the owner reads the policy and removes it", async () => {
    const { QueueUrl, Policy } = await lock("orders");
    const root = new SQSClient(await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy"));
    const read = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] });
    expect((await root.send(read)).Attributes).to.deep.equal({ Policy });
    await root.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } }));
    propagate();
    const again = new SQSClient(await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy"));
    expect((await again.send(read)).Attributes).to.equal(undefined);
  });

  it("section 2: the task reaches neither messages nor the queue's deletion", async () => {
    const sqs = clientOf("orders");
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const root = new SQSClient(await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy"));
    const send = await refusalOf(root.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })));
    const remove = await refusalOf(root.send(new DeleteQueueCommand({ QueueUrl })));
    expect(send).to.deep.equal(denied("sendmessage", orders, "session policy", "root"));
    expect(remove).to.deep.equal(denied("deletequeue", orders, "session policy", "root"));
  });

  it("section 2: another account's root session does not read it", async () => {
    const { QueueUrl } = await lock("orders");
    const root = new SQSClient(await rootSession(sandbox, "audit", "SQSUnlockQueuePolicy"));
    const read = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] });
    expect(await refusalOf(root.send(read))).to.include({ code: "AccessDenied", status: 403 });
  });

  it("section 7: a service control policy that denies root keeps the session from unlocking", async () => {
    const { QueueUrl } = await lock("payments");
    const root = new SQSClient(await rootSession(sandbox, "payments", "SQSUnlockQueuePolicy"));
    const unlock = new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } });
    expect(await refusalOf(root.send(unlock))).to.deep.equal(
      denied("setqueueattributes", payments, "service control policy", "root"),
    );
  });
});
