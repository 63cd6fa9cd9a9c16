import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetAccountSummaryCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
  type PolicyType,
} from "@aws-sdk/client-organizations";
import { AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type TaskName, taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator, as, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, rootSession } from "../root-session.ts";

const { audit, orders } = sandboxAccounts;

describe("the organization's policies on root sessions", () => {
  let sandbox: SandboxOrganization;
  let organizations: OrganizationsClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    await enableRootAccess(sandbox);
    organizations = new OrganizationsClient(administrator(sandbox, "management"));
  });

  afterEach(() => sandbox.close());

  async function attach(Type: PolicyType, statement: object, TargetId: string): Promise<void> {
    const Content = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const request = { Type, Name: "guardrail", Description: "", Content };
    const { Policy } = await organizations.send(new CreatePolicyCommand(request));
    await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId }));
  }

  const open = (account: AccountName, task: TaskName) =>
    new STSClient(administrator(sandbox, account)).send(
      new AssumeRootCommand({ TargetPrincipal: orders, TaskPolicyArn: { arn: taskPolicyArn(task) } }),
    );

  it("section 7: a service control policy limits who opens what from the delegate, never from management", async () => {
    const Condition = { StringNotEquals: { "sts:TaskPolicyArn": taskPolicyArn("IAMAuditRootUserCredentials") } };
    const deny = { Effect: "Deny", Action: "sts:AssumeRoot", Resource: "*", Condition };
    await attach("SERVICE_CONTROL_POLICY", deny, sandbox.state.organization.root.id);
    await open("audit", "IAMAuditRootUserCredentials");
    expect(await refusalOf(open("audit", "S3UnlockBucketPolicy"))).to.include({
      code: "AccessDenied",
      status: 403,
      message: `User: arn:aws:iam::${audit}:user/administrator is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${orders}:root`,
    });
    await open("management", "S3UnlockBucketPolicy");
  });

  it("section 7: the exemption lets root sessions through and keeps the root user out", async () => {
    const Condition = {
      ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:root"] },
      Null: { "aws:AssumedRoot": "true" },
    };
    await attach("SERVICE_CONTROL_POLICY", { Effect: "Deny", Action: "*", Resource: "*", Condition }, orders);
    const summary = (client: ClientSettings) => new IAMClient(client).send(new GetAccountSummaryCommand({}));
    await summary(await rootSession(sandbox, "orders", "IAMAuditRootUserCredentials"));
    await summary(administrator(sandbox, "orders"));
    expect(await refusalOf(summary(rootUser()))).to.include({
      code: "AccessDenied",
      status: 403,
      message: `User: arn:aws:iam::${orders}:root is not authorized to perform: iam:GetAccountSummary on resource: * with an explicit deny in a service control policy`,
    });
  });

  /** The root user of Orders with one of its own access keys, which centralized root access exists to be rid of. */
  function rootUser(): ClientSettings {
    const [key] = sandbox.state.iam.get(orders)?.rootUser.accessKeys ?? [];
    if (!key) return expect.fail("The root user of Orders has access keys.");
    return as(administrator(sandbox, "orders"), { accessKeyId: key.id, secretAccessKey: key.secret });
  }

  it("section 7: a resource control policy keeps a queue locked from below, and leaves management's queues alone", async () => {
    const PolicyType = "RESOURCE_CONTROL_POLICY";
    await organizations.send(new EnablePolicyTypeCommand({ RootId: sandbox.state.organization.root.id, PolicyType }));
    const deny = { Effect: "Deny", Principal: "*", Action: "sqs:SetQueueAttributes", Resource: "*" };
    await attach(PolicyType, deny, sandbox.state.organization.root.id);
    const QueueUrl = await createQueue("orders");
    const unlock = new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } });
    const session = await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy");
    expect(await refusalOf(new SQSClient(session).send(unlock))).to.include({
      code: "AccessDenied",
      status: 403,
      message: `User: arn:aws:iam::${orders}:root is not authorized to perform: sqs:setqueueattributes on resource: arn:aws:sqs:ap-northeast-2:${orders}:events with an explicit deny in a resource control policy`,
    });
    const own = { QueueUrl: await createQueue("management"), Attributes: { DelaySeconds: "1" } };
    await new SQSClient(administrator(sandbox, "management")).send(new SetQueueAttributesCommand(own));
  });

  async function createQueue(account: AccountName): Promise<string | undefined> {
    const sqs = new SQSClient(administrator(sandbox, account));
    return (await sqs.send(new CreateQueueCommand({ QueueName: "events" }))).QueueUrl;
  }
});
