import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { RootAccessAlerts, type RootAccessAlertsArgs } from "#components";
import { alertKeyPolicy, alertTopicPolicy, eventForwardingPolicy, eventForwardingTrustPolicy } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { recordProgram, type Recording, settled } from "./provider-mocks.ts";

const accountId = accountIdOf("222222222222");
const allEvents = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

interface Made {
  readonly recording: Recording;
  /** The arguments of a resource, by the end of its name. */
  readonly inputs: (name: string) => unknown;
}

async function make(args: Partial<RootAccessAlertsArgs>, preview = false): Promise<Made> {
  const recording = await recordProgram({ preview });
  new RootAccessAlerts("alerts", { accountId, regions: ["us-east-1"], ...args });
  await settled();
  const inputs = (name: string): unknown => recording.resources.find((made) => made.name === `alerts-${name}`)?.inputs;
  return { recording, inputs };
}

function namesOf({ recording }: Made): readonly string[] {
  return recording.resources.map(({ name }) => name.replace("alerts-", ""));
}

const home = ["topic", "topic-policy", "opened", "refused", "features", "trust"];

describe("root access alerts", () => {
  it("tell one address in two forms, each by a subscription of its own", async () => {
    const endpoint = "oncall@example.com";
    const made = await make({
      subscriptions: [
        { protocol: "email", endpoint },
        { protocol: "email-json", endpoint },
      ],
    });
    expect(made.inputs(`to-${endpoint}`)).to.include({ protocol: "email", endpoint });
    expect(made.inputs(`to-${endpoint}-email-json`)).to.include({ protocol: "email-json", endpoint });
  });

  it("watch one Region with rules that see read-only events, a topic, and a key of its own", async () => {
    const made = await make({});
    expect(namesOf(made)).to.have.members([
      "key",
      "key-alias",
      ...home.flatMap((name) => (name.startsWith("topic") ? [name] : [`${name}-rule`, `${name}-target`])),
    ]);
    expect(made.inputs("key")).to.include({
      enableKeyRotation: true,
      region: "us-east-1",
      policy: JSON.stringify(alertKeyPolicy(accountId)),
    });
    expect(made.inputs("key-alias")).to.include({ name: "alias/root-access-alerts", region: "us-east-1" });
    expect(made.inputs("topic")).to.include({
      name: "root-access-alerts",
      kmsMasterKeyId: "arn-of-alerts-key",
      region: "us-east-1",
    });
    expect(made.inputs("topic-policy")).to.include({
      arn: "arn-of-alerts-topic",
      policy: JSON.stringify(alertTopicPolicy("arn-of-alerts-topic")),
    });
    expect(made.inputs("opened-rule")).to.include({ state: allEvents, region: "us-east-1" });
    expect(made.inputs("opened-target")).to.include({ arn: "arn-of-alerts-topic", targetId: "topic" });
    expect(made.inputs("opened-target"))
      .to.have.nested.property("inputTransformer.inputTemplate")
      .that.matches(/^"A root session was opened in account <account>\."\n"Task: <task>"\n"By: <who>"\n"When: <when>/);
  });

  it("hand the events of every other Region on to the topic's, changes of the organization from us-east-1", async () => {
    const made = await make({ regions: ["us-east-1", "eu-west-1", "ap-northeast-2"], region: "eu-west-1" });
    const rules = namesOf(made).filter((name) => name.endsWith("-rule"));
    expect(rules.slice(4)).to.deep.equal(["ap-northeast-2-rule", "us-east-1-rule"]);
    const busArn = `arn:aws:events:eu-west-1:${accountId}:event-bus/default`;
    expect(made.inputs("ap-northeast-2-target")).to.include({
      arn: busArn,
      roleArn: "arn-of-alerts-role",
      region: "ap-northeast-2",
    });
    expect(made.inputs("role")).to.include({ assumeRolePolicy: JSON.stringify(eventForwardingTrustPolicy()) });
    expect(made.inputs("role-policy")).to.include({ policy: JSON.stringify(eventForwardingPolicy(busArn)) });
    expect(made.inputs("ap-northeast-2-rule")).to.include({ state: allEvents, region: "ap-northeast-2" });
    expect(JSON.stringify(made.inputs("ap-northeast-2-rule"))).to.not.include("EnableOrganizationsRootSessions");
    expect(JSON.stringify(made.inputs("us-east-1-rule")))
      .to.include("EnableOrganizationsRootSessions")
      .and.include("RegisterDelegatedAdministrator");
    expect(made.inputs("topic")).to.include({ region: "eu-west-1" });
  });

  it("watch us-east-1 and the topic's Region though nobody names them", async () => {
    const made = await make({ regions: [], region: "eu-west-1" });
    expect(namesOf(made)).to.include.members(["us-east-1-rule", "opened-rule"]);
    expect(made.inputs("opened-rule")).to.include({ region: "eu-west-1" });
  });

  it("take a key, a topic name and subscribers", async () => {
    const keyArn = "arn:aws:kms:us-east-1:222222222222:key/one";
    const queue = "arn:aws:sqs:us-east-1:222222222222:alerts";
    const made = await make({
      keyArn,
      topicName: "glass",
      subscriptions: [
        { protocol: "email", endpoint: "oncall@example.com" },
        { protocol: "sqs", endpoint: output(queue) },
      ],
    });
    expect(namesOf(made)).to.not.include("key").and.not.include("key-alias");
    expect(made.inputs("topic")).to.include({ name: "glass", kmsMasterKeyId: keyArn });
    expect(made.inputs("to-oncall@example.com")).to.include({ protocol: "email", topic: "arn-of-alerts-topic" });
    expect(made.inputs("to-2")).to.include({ protocol: "sqs", endpoint: queue });
  });

  it("can be previewed while neither key nor topic nor role exists", async () => {
    const made = await make({ regions: ["us-east-1", "eu-west-1"] }, true);
    expect(namesOf(made)).to.include.members(["topic", "topic-policy", "opened-target", "role", "eu-west-1-target"]);
  });
});
