import { AccountClient, EnableRegionCommand } from "@aws-sdk/client-account";
import { DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootSessionsCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { z } from "zod";
import { type AccountId, taskPolicyArn } from "#iam";
import { sandboxAccounts } from "#simulator";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import type { TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const { management, audit, orders } = sandboxAccounts;
const optedIn = "af-south-1";
const envelope = z.object({ Message: z.string(), TopicArn: z.string() });

const settings = {
  delegatedAdministrator: "Audit",
  delegateAccess: { profile: "audit" },
  removeOnDestroy: true,
  assignments: [{ groups: ["break-glass-admins"] }],
  rootAccessAlerts: {
    subscriptions: [
      { protocol: "email", endpoint: "oncall@example.com" },
      { protocol: "sqs", endpoint: queueArn(management) },
      { protocol: "sqs", endpoint: queueArn(audit) },
    ],
  },
};

/** The alerts by the real engine, read by subscribers as they arrive. Each block builds on the one before. */
describe("the organization stack's alerts", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
    stack = organizationStackRun(sandbox);
    await makeQueue(sandbox, "management", management);
    await makeQueue(sandbox, "audit", audit);
    // A session opens only through a Region that is enabled in the member account as well.
    for (const profile of ["management", "orders"]) {
      await new AccountClient(profileConnection(sandbox, profile)).send(
        new EnableRegionCommand({ RegionName: optedIn }),
      );
      await eventually(async () => (await enabledRegions(sandbox, profile)).includes(optedIn));
    }
  });

  after(async () => {
    await sandbox.close();
  });

  it("are previewed before key, topic and role exist", async () => {
    const { stdout } = await stack.pulumi(settings, ["preview"]);
    expect(stdout).to.match(/RootAccessAlerts\s+alerts-111111111111\s+create/);
  });

  it("are made in every enabled Region, found unchanged by a second run, and without drift", async () => {
    await stack.up(settings);
    await stack.expectUnchanged(settings);
    for (const [profile, accountId] of [
      ["management", management],
      ["audit", audit],
    ] as const) {
      const rules = [...sandbox.organization.state.eventRules.values()].filter((rule) => rule.accountId === accountId);
      const watched = [...new Set(rules.map(({ region }) => region))].sort();
      expect(watched, profile).to.deep.equal(await enabledRegions(sandbox, profile));
    }
  });

  it("ask the people to confirm, once for each account", () => {
    const mail = sandbox.organization.state.outbox.filter(({ to }) => to === "oncall@example.com");
    expect(mail.map(({ topicArn }) => topicArn)).to.have.members([
      `arn:aws:sns:us-east-1:${management}:root-access-alerts`,
      `arn:aws:sns:us-east-1:${audit}:root-access-alerts`,
    ]);
  });

  it("tell of the delegate, which is registered once they stand", async () => {
    const [alert = ""] = await receive(sandbox, management, 1);
    expect(alert).to.match(/^"Who may open root sessions was changed: RegisterDelegatedAdministrator 222222222222"/);
  });

  for (const [what, profile, opener, accountId] of [
    ["the management account", "management", `arn:aws:iam::${management}:user/administrator`, management],
    ["the delegate", "break-glass", "assumed-role/AWSReservedSSO_BreakGlassAssumeRoot_", audit],
  ] as const) {
    it(`reach the subscriber for a session that is opened from ${what} through each enabled Region`, async () => {
      const regions = await enabledRegions(sandbox, accountId === management ? "management" : "audit");
      for (const region of regions) await openSession(sandbox, profile, orders, region);
      const alerts = await receive(sandbox, accountId, regions.length);
      for (const region of regions) {
        const alert = alerts.find((text) => text.includes(`Region ${region},`)) ?? "";
        const [title, task, by, when] = alert.split("\n");
        expect(title, region).to.equal(`"A root session was opened in account ${orders}."`);
        expect(task).to.equal(`"Task: ${taskPolicyArn("S3UnlockBucketPolicy")}"`);
        expect(by).to.include(opener);
        expect(when).to.match(/^"When: \d{4}-\d\d-\d\dT[\d:]+Z, through Region [a-z0-9-]+, from 127\.0\.0\.1"$/);
      }
      expect(alerts).to.have.length(regions.length);
    });
  }

  it("tell of a session that was refused", async () => {
    const attempt = openSession(sandbox, "management", management, "eu-west-1");
    expect((await Promise.allSettled([attempt]))[0]).to.have.property("status", "rejected");
    const [alert = ""] = await receive(sandbox, management, 1);
    expect(alert).to.match(/^"A root session in account .* was refused: AccessDenied\."/);
  });

  it("tell of a change of the features, and of who did it", async () => {
    const iam = new IAMClient(profileConnection(sandbox, "management"));
    await iam.send(new DisableOrganizationsRootSessionsCommand());
    await iam.send(new EnableOrganizationsRootSessionsCommand());
    const alerts = await receive(sandbox, management, 2);
    const titles = alerts.map((alert) => alert.split("\n")[0]).sort();
    expect(titles).to.deep.equal([
      '"Centralized root access was changed: DisableOrganizationsRootSessions."',
      '"Centralized root access was changed: EnableOrganizationsRootSessions."',
    ]);
    expect(alerts.join()).to.include(`By: arn:aws:iam::${management}:user/administrator`);
  });

  it("lose nothing on the way", () => {
    expect(sandbox.organization.state.undelivered).to.deep.equal([]);
  });

  it("are taken down with the stack; keys wait for their deletion", async () => {
    await stack.pulumi(settings, ["destroy", "--yes", "--skip-preview"]);
    const { eventRules, topics, keys } = sandbox.organization.state;
    expect([eventRules.size, topics.size]).to.deep.equal([0, 0]);
    expect([...keys.values()].filter(({ deletion }) => deletion === undefined)).to.deep.equal([]);
  });
});

function queueArn(accountId: AccountId): string {
  return `arn:aws:sqs:us-east-1:${accountId}:alerts`;
}

/** A queue that takes what its account's topic sends. */
async function makeQueue(sandbox: TestSandbox, profile: string, accountId: AccountId): Promise<void> {
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn(accountId),
        Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:sns:us-east-1:${accountId}:root-access-alerts` } },
      },
    ],
  });
  const sqs = new SQSClient(profileConnection(sandbox, profile));
  await sqs.send(new CreateQueueCommand({ QueueName: "alerts", Attributes: { Policy } }));
}

async function enabledRegions(sandbox: TestSandbox, profile: string): Promise<readonly string[]> {
  const { Regions = [] } = await new EC2Client(profileConnection(sandbox, profile)).send(new DescribeRegionsCommand());
  return Regions.map(({ RegionName = "" }) => RegionName).sort();
}

async function openSession(sandbox: TestSandbox, profile: string, target: AccountId, region: string): Promise<void> {
  const TaskPolicyArn = { arn: taskPolicyArn("S3UnlockBucketPolicy") };
  const sts = new STSClient(profileConnection(sandbox, profile, region));
  await sts.send(new AssumeRootCommand({ TargetPrincipal: target, TaskPolicyArn }));
}

/** What the subscriber finds in its queue, taken out as it is read, until as many messages are there. */
async function receive(sandbox: TestSandbox, accountId: AccountId, count: number): Promise<readonly string[]> {
  const sqs = new SQSClient(profileConnection(sandbox, accountId === management ? "management" : "audit"));
  const QueueUrl = `${sandbox.endpoint}/${accountId}/alerts`;
  const found: Message[] = [];
  await eventually(async () => {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    for (const message of (await sqs.send(command)).Messages ?? []) {
      found.push(message);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
    return found.length >= count;
  });
  return found.map(({ Body = "" }) => envelope.parse(JSON.parse(Body)).Message);
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("It did not come to pass within 30 s.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
