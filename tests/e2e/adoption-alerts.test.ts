import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteAliasCommand,
  DisableKeyRotationCommand,
  KMSClient,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { SetTopicAttributesCommand, SNSClient, SubscribeCommand, TagResourceCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { documentedRows, forgetEverything, shownRows } from "./adoption-document.ts";
import { readAlerts } from "./alerts-found.ts";
import { type OrganizationStackRun, organizationStackRun } from "./organization-stack-run.ts";
import type { TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const { management } = sandboxAccounts;
const region = "eu-west-1";
const settings = {
  delegatedAdministrator: "Audit",
  delegateAccess: { profile: "audit" },
  rootAccessAlerts: {
    subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }],
    region,
    regions: ["us-east-1", region],
  },
};
const topicArn = `arn:aws:sns:${region}:${management}:root-access-alerts`;
const somebodys = "somebody@example.com";

/** The alerts in docs/adoption.md by the real engine; the topics are not in the provider's Region. */
describe("alerts that are there already, and the organization stack", function () {
  this.timeout(300_000);

  const { row, shown } = shownRows();
  let sandbox: TestSandbox;
  let stack: OrganizationStackRun;
  let sns: SNSClient;
  let kms: KMSClient;
  let events: EventBridgeClient;
  let made: readonly string[];

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
    stack = organizationStackRun(sandbox);
    const connection = profileConnection(sandbox, "management", region);
    sns = new SNSClient(connection);
    kms = new KMSClient(connection);
    events = new EventBridgeClient(connection);
    await stack.up(settings);
    made = readAlerts(sandbox);
  });

  after(async () => {
    await sandbox.close();
  });

  describe("as this stack would have made them", () => {
    let again: string;

    before(async () => {
      await forgetEverything(sandbox);
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "email", Endpoint: somebodys }));
      again = (await stack.up(settings)).stdout;
    });

    /** What became of the resources of a type: each the same, and no other way. */
    function expectEach(type: string, change: "created" | "imported", number: number): void {
      const lines = again.split("\n").filter((line) => line.includes(` ${type} `));
      const changes = lines.flatMap((line) => /\b(created|imported|updated|replaced)\b/.exec(line)?.[0] ?? []);
      expect(changes).to.deep.equal(Array.from({ length: number }, () => change));
    }

    row("alert topic", "the same settings and policy", () => {
      expectEach("aws:sns:Topic", "imported", 2);
      expectEach("aws:sns:TopicPolicy", "imported", 2);
    });

    row("alert subscription", "the configured one", () => {
      expectEach("aws:sns:TopicSubscription", "created", 2);
      const of = [...sandbox.organization.state.subscriptions.values()];
      expect(of.filter(({ endpoint }) => endpoint === "oncall@example.com")).to.have.length(2);
    });

    row("alert subscription", "of somebody else, to the same topic", () => {
      const of = [...sandbox.organization.state.subscriptions.values()];
      expect(of.filter(({ endpoint }) => endpoint === somebodys)).to.have.length(1);
    });

    row("alert key", "the same settings, under its alias", () => {
      expectEach("aws:kms:Key", "imported", 2);
      expectEach("aws:kms:Alias", "imported", 2);
    });

    row("alert rules and targets", "the same settings", () => {
      expectEach("aws:cloudwatch:EventRule", "imported", 10);
      expectEach("aws:cloudwatch:EventTarget", "imported", 10);
    });

    row("alert role, which hands events on", "the same settings", () => {
      expectEach("aws:iam:Role", "imported", 2);
      expectEach("aws:iam:RolePolicy", "imported", 2);
    });

    it("are there once and as they were, and are the stack's from then on", async () => {
      expect(readAlerts(sandbox).filter((found) => !found.includes(somebodys))).to.deep.equal(made);
      await stack.expectUnchanged(settings);
    });
  });

  describe("half made", () => {
    let whole: readonly string[];
    let first: string;

    before(async () => {
      whole = readAlerts(sandbox);
      await forgetEverything(sandbox);
      await setAttribute("DisplayName", "");
      await setAttribute("KmsMasterKeyId", "");
      await kms.send(new DisableKeyRotationCommand({ KeyId: keyId() }));
      const others = new KMSClient(profileConnection(sandbox, "audit", region));
      await others.send(new DeleteAliasCommand({ AliasName: "alias/root-access-alerts" }));
      first = (await stack.up(settings)).stdout;
    });

    row("alert topic or key", "half made by a run that was killed", async () => {
      expect(first).to.include(
        `a run that was killed left something half made in account ${management}. It is taken over as it is, and the next ` +
          "pulumi up sets the key's rotation and the topic's display name and the topic's key.",
      );
      expect(readAlerts(sandbox)).to.not.deep.equal(whole);
      await stack.up(settings);
      expect(readAlerts(sandbox)).to.deep.equal(whole);
    });

    row("alert key", "the same settings and its tag, without an alias", () => {
      expect(first)
        .to.match(/kms:Key alerts-222222222222-key imported/)
        .and.match(/kms:Alias \S+ created/);
      expect(readAlerts(sandbox).filter((found) => found.startsWith("key"))).to.have.length(2);
    });
  });

  describe("as somebody else has made them", () => {
    const rule = `alerts-${management}-opened-rule`;
    const role = `alerts-${management}-role`;
    let refusal: string;

    before(async () => {
      await forgetEverything(sandbox);
      const iam = new IAMClient(profileConnection(sandbox, "management"));
      await setAttribute("DisplayName", "Mine");
      await setAttribute("Policy", policyOf({ Principal: "*", Action: "sns:Publish", Resource: topicArn }));
      await sns.send(new TagResourceCommand({ ResourceArn: topicArn, Tags: [{ Key: "owner", Value: "x" }] }));
      const EventPattern = JSON.stringify({ source: ["aws.ec2"] });
      await events.send(new PutRuleCommand({ Name: rule, EventPattern, Description: "Mine" }));
      await events.send(new PutTargetsCommand({ Rule: rule, Targets: [{ Id: "mine", Arn: topicArn }] }));
      const PolicyDocument = policyOf({ Action: "events:*", Resource: "*" });
      await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: "put-events", PolicyDocument }));
      refusal = await refused("up", "--yes", "--skip-preview");
    });

    /** What `up` says; nothing may have been changed by it. */
    async function refused(...words: readonly string[]): Promise<string> {
      const before = readAlerts(sandbox);
      const { stdout } = await stack.pulumi(settings, words, 255);
      expect(readAlerts(sandbox)).to.deep.equal(before);
      expect(stdout).to.include("Nothing was changed. Please correct:");
      return stdout;
    }

    row("alert topic", "another display name, key or policy, tags, or more", () => {
      expect(refusal).to.include(
        `aws-break-glass:rootAccessAlerts: account ${management} has a topic root-access-alerts in ${region} that this stack ` +
          "does not manage, with another display name (Mine), tags (owner), another policy. It is left alone: choose another",
      );
    });

    row("alert rules and targets", "another pattern, description, state or target, tags, or more", () => {
      expect(refusal).to.include(
        `has a rule ${rule} in ${region} that this stack does not manage, with another description (Mine), another pattern, ` +
          "another state (ENABLED), another target (mine). It is left alone: delete it, or",
      );
    });

    row("alert role, which hands events on", "another trust or policy, tags, or more", () => {
      expect(refusal).to.include(
        `has a role ${role} in ${region} that this stack does not manage, with another inline`,
      );
    });

    row("alert key", "another description or policy, other tags, or more", async () => {
      const KeyId = keyId();
      await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: "Mine" }));
      expect(await refused("preview")).to.include(
        `has a key alias/root-access-alerts (${KeyId}) in ${region} that this stack does not manage, with another description (Mine).`,
      );
    });
  });

  it("are described row by row, as it was shown here", async () => {
    expect(await documentedRows("alerts")).to.have.members(shown);
  });

  async function setAttribute(AttributeName: string, AttributeValue: string): Promise<void> {
    await sns.send(new SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName, AttributeValue }));
  }

  /** Of the management account. */
  function keyId(): string {
    const arn = `arn:aws:kms:${region}:${management}:alias/root-access-alerts`;
    return sandbox.organization.state.keyAliases.get(arn)?.keyArn.split("/").at(-1) ?? "";
  }
});

function policyOf(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}
