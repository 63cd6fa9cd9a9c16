import { expect } from "chai";
import { adoptAlerts, type WantedAlerts } from "../../components/adoption/alert-adoption.ts";
import { alertKeySettings, alertRules, forwardingRoleSettings, ruleState } from "../../components/alert-settings.ts";
import type { ExistingAlerts } from "../../components/existing-alerts.ts";
import type { OwnResources } from "../../components/facts/own-resources.ts";
import type { Reviewed } from "../../components/review.ts";
import { alertTopicPolicy } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { type InvokeAnswers, recordProgram, type Recording } from "./provider-mocks.ts";

const accountId = accountIdOf("222222222222");
const region = "eu-west-1";
const wanted: WantedAlerts = {
  name: "alerts",
  accountId,
  region,
  regions: [region],
  topicName: "root-access-alerts",
  keyArn: undefined,
};
const topicArn = `arn:aws:sns:${region}:${accountId}:root-access-alerts`;
const keyArn = `arn:aws:kms:${region}:${accountId}:key/k-1`;
const busArn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
const [opened] = alertRules(wanted);
const role = forwardingRoleSettings(wanted);
const keySettings = alertKeySettings(wanted);

const ruleArn = (name: string, of = region): string => `arn:aws:events:${of}:${accountId}:rule/${name}`;

/** What Cloud Control has, by type and identifier; the key's alias, if it has one, is asked of KMS. */
type Resources = Readonly<Record<string, object | undefined>>;

const topic = { DisplayName: "Root access alerts", KmsMasterKeyId: keyArn, Subscription: [{ Endpoint: "x@y" }] };
const key = {
  KeyId: "k-1",
  Arn: keyArn,
  Description: keySettings.description,
  EnableKeyRotation: true,
  KeyPolicy: keySettings.policy,
  Tags: [{ Key: "aws-break-glass", Value: "root-access-alerts" }],
};
const openedRule = {
  Description: opened?.description,
  EventPattern: opened?.pattern,
  State: ruleState,
  Targets: [
    {
      Id: "topic",
      Arn: topicArn,
      InputTransformer: {
        InputPathsMap: opened?.message?.inputPaths,
        InputTemplate: opened?.message?.inputTemplate,
      },
    },
  ],
};
const forwardingRule = {
  Description: `Hands what concerns root sessions on to ${region}`,
  EventPattern: alertRules(wanted).find(({ kind }) => kind === "us-east-1")?.pattern,
  State: ruleState,
  Targets: [{ Id: "bus", Arn: busArn, RoleArn: `arn:aws:iam::${accountId}:role/alerts-role` }],
};
const all: Resources = {
  [`AWS::SNS::Topic ${topicArn}`]: topic,
  [`AWS::SNS::TopicInlinePolicy ${topicArn}`]: { PolicyDocument: alertTopicPolicy(topicArn) },
  "AWS::KMS::Key k-1": key,
  "AWS::IAM::Role alerts-role": {
    Description: role.description,
    AssumeRolePolicyDocument: role.trust,
    Policies: [{ PolicyName: role.policyName, PolicyDocument: role.policy }],
  },
  [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`]: openedRule,
  [`AWS::Events::Rule ${ruleArn("alerts-us-east-1-rule", "us-east-1")}`]: forwardingRule,
};

interface World {
  readonly resources?: Resources;
  /** The key that the alias stands for. */
  readonly alias?: string;
  readonly tagged?: readonly string[];
}

function answersOf({ resources = {}, alias, tagged = [] }: World): InvokeAnswers {
  return (token, inputs) => {
    switch (token) {
      case "aws:cloudcontrol/getResource:getResource": {
        const found = resources[`${String(inputs["typeName"])} ${String(inputs["identifier"])}`];
        if (found === undefined) throw new Error("couldn't find resource");
        return { properties: JSON.stringify(found) };
      }
      case "aws:kms/getAlias:getAlias":
        if (alias === undefined) throw new Error("reading KMS Alias (alias/x): couldn't find resource");
        return { targetKeyId: alias.split("/").at(-1), targetKeyArn: alias };
      case "aws:resourcegroupstaggingapi/getResources:getResources":
        return { resourceTagMappingLists: tagged.map((resourceArn) => ({ resourceArn, tags: {} })) };
      default:
        throw new Error(`this program was not expected to ask ${token}`);
    }
  };
}

interface Adopted {
  readonly answer: Reviewed<ExistingAlerts>;
  readonly recording: Recording;
}

async function adopted(world: World, own: OwnResources = [], of: Partial<WantedAlerts> = {}): Promise<Adopted> {
  const recording = await recordProgram({ answers: answersOf(world) });
  return { answer: await adoptAlerts({ ...wanted, ...of }, own, {}), recording };
}

async function problems(world: World, own: OwnResources = []): Promise<readonly string[]> {
  const { answer } = await adopted(world, own);
  return "problems" in answer ? answer.problems : [];
}

const whole: ExistingAlerts = {
  keyId: "k-1",
  hasKeyAlias: true,
  hasTopic: true,
  hasTopicPolicy: true,
  unfinished: new Set(),
  role: { hasPolicy: true },
  rules: new Map([
    ["alerts-opened-rule", { hasRule: true, hasTarget: true }],
    ["alerts-us-east-1-rule", { hasRule: true, hasTarget: true }],
  ]),
};
const nothing: ExistingAlerts = { unfinished: new Set(), role: undefined, rules: new Map() };

const owned = (type: string, outputs: object): OwnResources[number] => ({ type, outputs: { ...outputs } });
const ownKey = owned("aws:kms/key:Key", { arn: keyArn });
const ownAlias = owned("aws:kms/alias:Alias", {
  arn: `arn:aws:kms:${region}:${accountId}:alias/root-access-alerts`,
});
const ownTopic = owned("aws:sns/topic:Topic", { arn: topicArn });
const ownTopicPolicy = owned("aws:sns/topicPolicy:TopicPolicy", { arn: topicArn });
const ownRole = owned("aws:iam/role:Role", { arn: `arn:aws:iam::${accountId}:role/alerts-role` });
const ownRules = alertRules(wanted).flatMap(({ name, region: of, message }) => [
  owned("aws:cloudwatch/eventRule:EventRule", { arn: ruleArn(name, of) }),
  owned("aws:cloudwatch/eventTarget:EventTarget", {
    rule: name,
    region: of,
    targetId: message === undefined ? "bus" : "topic",
  }),
]);

describe("alerts that are there already", () => {
  it("are taken over with the same settings", async () => {
    const { answer } = await adopted({ resources: all, alias: keyArn });
    expect(answer).to.deep.equal({ accepted: whole });
  });

  it("are made where there are none, after a look for each by its name", async () => {
    const { answer, recording } = await adopted({});
    expect(answer).to.deep.equal({ accepted: nothing });
    const asked = recording.invokes.map(({ token }) => token.split(":")[1]);
    expect(asked.sort()).to.deep.equal([
      ...Array.from({ length: 7 }, () => "cloudcontrol/getResource"),
      "kms/getAlias",
      "resourcegroupstaggingapi/getResources",
    ]);
  });

  it("are not looked for where the state has all of them", async () => {
    const own = [ownKey, ownAlias, ownTopic, ownTopicPolicy, ownRole, ...ownRules];
    const { answer, recording } = await adopted({ resources: all, alias: keyArn }, own);
    expect(recording.invokes).to.deep.equal([]);
    expect(answer).to.deep.equal({ accepted: nothing });
  });

  it("have a key that was left behind without an alias, found by its tag; one that is being deleted is none", async () => {
    const tagged = [`arn:aws:kms:${region}:${accountId}:key/deleted`, keyArn];
    const { answer, recording } = await adopted({ resources: { "AWS::KMS::Key k-1": key }, tagged });
    expect(answer).to.deep.equal({ accepted: { ...nothing, keyId: "k-1", hasKeyAlias: false } });
    expect(recording.invokes.find(({ token }) => token.includes("getResources"))?.inputs).to.deep.equal({
      resourceTypeFilters: ["kms:key"],
      tagFilters: [{ key: "aws-break-glass", values: ["root-access-alerts"] }],
      region,
    });
  });

  it("have, of several keys with the tag, the one with the same settings", async () => {
    const other = { ...key, KeyId: "k-0", Description: "Mine" };
    const { answer } = await adopted({
      resources: { "AWS::KMS::Key k-0": other, "AWS::KMS::Key k-1": key },
      tagged: [`arn:aws:kms:${region}:${accountId}:key/k-0`, keyArn],
    });
    expect(answer).to.have.nested.property("accepted.keyId", "k-1");
  });

  it("have a half-made topic and key: what they lack is left to the next run", async () => {
    const bare = { ...all, [`AWS::SNS::Topic ${topicArn}`]: {} };
    const half = { ...bare, "AWS::KMS::Key k-1": { ...key, EnableKeyRotation: false } };
    const { answer } = await adopted({ resources: half, alias: keyArn });
    const unfinished = new Set(["the key's rotation", "the topic's display name", "the topic's key"]);
    expect(answer).to.deep.equal({ accepted: { ...whole, unfinished } });
  });

  it("have a rule, a role and a topic whose target and policies were not made yet", async () => {
    const { answer } = await adopted({
      alias: keyArn,
      resources: {
        ...all,
        "AWS::IAM::Role alerts-role": { Description: role.description, AssumeRolePolicyDocument: role.trust },
        [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`]: { ...openedRule, Targets: undefined },
        [`AWS::SNS::TopicInlinePolicy ${topicArn}`]: undefined,
      },
    });
    expect(answer).to.have.nested.property("accepted.role.hasPolicy", false);
    expect(answer).to.have.nested.property("accepted.hasTopicPolicy", false);
    expect("accepted" in answer && answer.accepted.rules?.get("alerts-opened-rule")).to.deep.equal({
      hasRule: true,
      hasTarget: false,
    });
  });

  it("have what a run made of the last of them before it could note it", async () => {
    const own = [ownKey, ownTopic, ownRole, ...ownRules.slice(0, 1)];
    const { answer } = await adopted({ resources: all, alias: keyArn }, own);
    const rules = new Map([
      ["alerts-opened-rule", { hasRule: false, hasTarget: true }],
      ["alerts-us-east-1-rule", { hasRule: true, hasTarget: true }],
    ]);
    const rest = { hasKeyAlias: true, hasTopic: false, hasTopicPolicy: true, role: undefined, rules };
    expect(answer).to.deep.equal({ accepted: { ...nothing, ...rest } });
  });

  it("take a key of one's own for the topic's", async () => {
    const given = "arn:aws:kms:eu-west-1:111111111111:key/given";
    const resources = { [`AWS::SNS::Topic ${topicArn}`]: { ...topic, KmsMasterKeyId: given } };
    const { answer, recording } = await adopted({ resources }, [], { keyArn: given });
    expect(answer).to.deep.equal({ accepted: { ...nothing, hasTopic: true, hasTopicPolicy: false } });
    expect(recording.invokes.filter(({ token }) => token.includes("kms"))).to.deep.equal([]);
  });

  const differences: readonly (readonly [string, object, string])[] = [
    [`AWS::SNS::Topic ${topicArn}`, { DisplayName: "Mine" }, "another display name (Mine)"],
    [`AWS::SNS::Topic ${topicArn}`, { KmsMasterKeyId: "alias/x" }, "another key (alias/x)"],
    [`AWS::SNS::Topic ${topicArn}`, { DataProtectionPolicy: {} }, "a data protection policy"],
    [`AWS::SNS::Topic ${topicArn}`, { DeliveryStatusLogging: [{}] }, "logging of deliveries"],
    [`AWS::SNS::Topic ${topicArn}`, { Tags: [{ Key: "owner" }] }, "tags (owner)"],
    [`AWS::SNS::TopicInlinePolicy ${topicArn}`, { PolicyDocument: {} }, "another policy"],
    ["AWS::KMS::Key k-1", { Description: "Mine" }, "another description (Mine)"],
    ["AWS::KMS::Key k-1", { KeyPolicy: {} }, "another policy"],
    ["AWS::KMS::Key k-1", { KeyPolicy: undefined }, "a policy that may not be read (kms:GetKeyPolicy)"],
    [
      "AWS::KMS::Key k-1",
      { EnableKeyRotation: undefined },
      "a rotation that may not be read (kms:GetKeyRotationStatus)",
    ],
    ["AWS::KMS::Key k-1", { Enabled: false }, "its use switched off"],
    ["AWS::KMS::Key k-1", { KeySpec: "RSA_2048" }, "another key spec"],
    ["AWS::KMS::Key k-1", { Tags: [{ Key: "owner", Value: "x" }] }, "other tags than aws-break-glass (owner)"],
    ["AWS::IAM::Role alerts-role", { Path: "/mine/" }, "another path (/mine/)"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { Description: "Mine" }, "another description (Mine)"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { EventPattern: {} }, "another pattern"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { ScheduleExpression: "rate(1 day)" }, "a schedule"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { RoleArn: "arn:x" }, "a role (arn:x)"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { State: "DISABLED" }, "another state (DISABLED)"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { Tags: [{ Key: "owner" }] }, "tags (owner)"],
    [`AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`, { Targets: [{ Id: "mine" }] }, "another target (mine)"],
    [
      `AWS::Events::Rule ${ruleArn("alerts-us-east-1-rule", "us-east-1")}`,
      { Targets: [{ Id: "bus", Arn: topicArn }] },
      "another target (bus)",
    ],
  ];
  for (const [which, difference, words] of differences) {
    it(`are left alone where ${which.split(" ")[0]} has ${words}`, async () => {
      const resources = { ...all, [which]: { ...all[which], ...difference } };
      const [problem, ...more] = await problems({ resources, alias: keyArn });
      expect(problem).to.match(/^aws-break-glass:rootAccessAlerts: account 222222222222 has an? [a-z]+ /);
      expect(problem).to.include(`that this stack does not manage, with ${words}. It is left alone: `);
      expect(more).to.deep.equal([]);
    });
  }

  it("are left alone where the alias stands for another key, or for one that is being deleted", async () => {
    const other = `arn:aws:kms:${region}:${accountId}:key/k-9`;
    const words =
      "has an alias alias/root-access-alerts in eu-west-1 that this stack does not manage, with another key (k-9).";
    expect((await problems({ alias: other }))[0]).to.include(words);
    expect((await problems({ alias: other }, [ownKey]))[0]).to.include(words);
  });

  it("leave a target of somebody else in the stack's own rule alone, but not under the target's own id", async () => {
    const rule = `AWS::Events::Rule ${ruleArn("alerts-opened-rule")}`;
    const own = ownRules.slice(0, 1);
    const beside = { ...openedRule, Targets: [{ Id: "mine", Arn: topicArn }] };
    expect(await problems({ resources: { [rule]: beside } }, own)).to.deep.equal([]);
    const inTheWay = { ...openedRule, Targets: [{ Id: "topic", Arn: "arn:other" }] };
    expect((await problems({ resources: { [rule]: inTheWay } }, own))[0]).to.include("with another target (topic).");
  });

  it("end the run where they may not be looked up: a rule would be overwritten", async () => {
    await recordProgram({
      answers: (_token, { typeName }) => {
        const [, service, type] = String(typeName).split("::");
        throw new Error(`AccessDenied: User: x is not authorized to perform: ${service}:Get${type} on resource: y`);
      },
    });
    const answer = await adoptAlerts(wanted, [], {});
    const found = "problems" in answer ? answer.problems : [];
    expect(found[1]).to.equal(
      "aws-break-glass:rootAccessAlerts: whether account 222222222222 has a rule alerts-opened-rule already cannot be seen " +
        "without Events:GetRule, which making the alerts needs anyway.",
    );
    expect(found.filter((problem) => problem.includes("a role"))).to.deep.equal([]);
  });
});
