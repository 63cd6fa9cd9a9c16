import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  type Target,
  TestEventPatternCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { fillTemplate } from "../../../simulator/delivery/input-template.ts";
import { valueAt } from "../../../simulator/delivery/json-path.ts";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { audit } = sandboxAccounts;
const Name = "root-sessions";
const ruleArn = `arn:aws:events:ap-northeast-2:${audit}:rule/${Name}`;
const topicArn = `arn:aws:sns:ap-northeast-2:${audit}:alerts`;
const EventPattern = '{"source":["aws.sts"]}';

describe("EventBridge", () => {
  let sandbox: SandboxOrganization;
  let events: EventBridgeClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    events = new EventBridgeClient(administrator(sandbox, "audit"));
  });

  afterEach(() => sandbox.close());

  const put = (more: Partial<PutRuleCommandInput> = {}) =>
    events.send(new PutRuleCommand({ Name, EventPattern, ...more }));
  const describeRule = () => events.send(new DescribeRuleCommand({ Name }));
  const putTarget = (target: Partial<Target> = {}) =>
    events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "one", Arn: topicArn, ...target }] }));

  describe("rules", () => {
    it("are made, changed, turned off and on, and found in their own Region", async () => {
      expect((await put({ Description: "first" })).RuleArn).to.equal(ruleArn);
      expect(await describeRule()).to.include({
        Arn: ruleArn,
        EventPattern,
        State: "ENABLED",
        Description: "first",
        EventBusName: "default",
        CreatedBy: audit,
      });
      await put({ State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
      const changed = await describeRule();
      expect(changed.State).to.equal("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
      expect(changed.Description).to.equal(undefined);
      await events.send(new DisableRuleCommand({ Name }));
      expect((await describeRule()).State).to.equal("DISABLED");
      await events.send(new EnableRuleCommand({ Name }));
      expect((await describeRule()).State).to.equal("ENABLED");
      const elsewhere = new EventBridgeClient(administrator(sandbox, "audit", "us-east-1"));
      expect(await refusalOf(elsewhere.send(new DescribeRuleCommand({ Name })))).to.include({
        code: "ResourceNotFoundException",
        message: `Rule ${Name} does not exist on EventBus default.`,
        status: 400,
      });
    });

    it("are listed by prefix and in pages", async () => {
      for (const name of ["b", "a1", "a2"]) await put({ Name: name });
      const list = async (NamePrefix?: string, NextToken?: string) =>
        events.send(new ListRulesCommand({ NamePrefix, NextToken, Limit: 1 }));
      const first = await list("a");
      expect(first.Rules?.map((rule) => rule.Name)).to.deep.equal(["a1"]);
      const second = await list("a", first.NextToken);
      expect(second.Rules?.map((rule) => rule.Name)).to.deep.equal(["a2"]);
      expect(second.NextToken).to.equal(undefined);
    });

    it("keep their tags when put again", async () => {
      await put({ Tags: [{ Key: "team", Value: "security" }] });
      await put({ Tags: [{ Key: "team", Value: "other" }] });
      const ResourceARN = ruleArn;
      const tags = async () => (await events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
      expect(await tags()).to.deep.equal([{ Key: "team", Value: "security" }]);
      await events.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: "stage", Value: "dev" }] }));
      await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["team"] }));
      expect(await tags()).to.deep.equal([{ Key: "stage", Value: "dev" }]);
    });

    it("are not deleted while they have targets; deleting what is not there succeeds", async () => {
      await put();
      await putTarget();
      const remove = () => events.send(new DeleteRuleCommand({ Name }));
      expect(await refusalOf(remove())).to.include({
        code: "ValidationException",
        message: "Rule can't be deleted since it has targets.",
      });
      await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ["one"] }));
      await remove();
      await remove();
    });

    it("refuse patterns that are none, and by name what is not modelled", async () => {
      expect(await refusalOf(put({ EventPattern: '{"source":[{"like":"x"}]}' }))).to.include({
        code: "InvalidEventPatternException",
        message: "Event pattern is not valid. Reason: Unrecognized match type like",
        status: 400,
      });
      expect(await refusalOf(put({ Name: "no good" }))).to.include({ code: "ValidationException" });
      expect(await refusalOf(put({ EventPattern: undefined }))).to.include({ code: "ValidationException" });
      expect(await refusalOf(put({ ScheduleExpression: "rate(1 day)" }))).to.include({ status: 501 });
      expect(await refusalOf(put({ EventBusName: "own" }))).to.include({ status: 501 });
    });

    it("are not put on another account's bus: no policy of a bus lets anybody in", async () => {
      for (const [bus, rule] of [
        ["default", Name],
        ["own", `own/${Name}`],
      ] as const) {
        const EventBusName = `arn:aws:events:us-east-1:${sandboxAccounts.orders}:event-bus/${bus}`;
        const refused = await refusalOf(put({ EventBusName }));
        expect(refused).to.include({ code: "AccessDeniedException", status: 400 });
        expect(refused.message).to.match(
          new RegExp(
            `events:PutRule on resource: arn:aws:events:ap-northeast-2:${sandboxAccounts.orders}:rule/${rule} because no resource-based policy allows the events:PutRule action$`,
          ),
        );
      }
    });
  });

  describe("targets", () => {
    beforeEach(() => put());

    it("refuses empty lists of targets, which would mean nothing", async () => {
      await put();
      const puts = await refusalOf(events.send(new PutTargetsCommand({ Rule: Name, Targets: [] })));
      expect(puts.message).to.include("'targets' failed to satisfy constraint");
      const removes = await refusalOf(events.send(new RemoveTargetsCommand({ Rule: Name, Ids: [] })));
      expect(removes.message).to.include("'ids' failed to satisfy constraint");
    });

    it("are put, listed as they were put, and removed; a missing one is a failed entry", async () => {
      const InputTransformer = { InputPathsMap: { who: "$.detail.userIdentity.arn" }, InputTemplate: '{"who":<who>}' };
      await putTarget({ InputTransformer });
      const list = async () => (await events.send(new ListTargetsByRuleCommand({ Rule: Name }))).Targets;
      expect(await list()).to.deep.equal([{ Id: "one", Arn: topicArn, InputTransformer }]);
      const removed = await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ["one", "two"] }));
      expect(removed).to.deep.include({ FailedEntryCount: 1 });
      expect(removed.FailedEntries?.[0]).to.include({ TargetId: "two", ErrorCode: "ResourceNotFoundException" });
      expect(await list()).to.deep.equal([]);
    });

    const transformer = (InputTemplate: string, path = "$.x"): Partial<Target> => ({
      InputTransformer: { InputPathsMap: { x: path }, InputTemplate },
    });
    const wrong: readonly [string, Partial<Target>][] = [
      ["an ARN that is none", { Arn: "alerts" }],
      ["two inputs", { Input: "{}", InputPath: "$" }],
      ["an input that is no JSON", { Input: "{" }],
      ["a path that is none", { InputPath: "detail" }],
      ["a variable without a path", transformer('"<y>"')],
      ["a variable with a path that is none", transformer('"<x>"', "x")],
      ["a template that is neither JSON nor text", transformer("{<x>")],
    ];
    for (const [name, target] of wrong) {
      it(`refuse ${name}`, async () => {
        expect(await refusalOf(putTarget(target))).to.include({ code: "ValidationException", status: 400 });
      });
    }

    it("refuse by name what is not modelled", async () => {
      const Arn = `arn:aws:lambda:ap-northeast-2:${audit}:function:x`;
      expect(await refusalOf(putTarget({ Arn }))).to.include({ status: 501 });
    });
  });

  it("tests a pattern against an event", async () => {
    const event = {
      id: "1",
      account: audit,
      source: "aws.sts",
      time: "2026-11-25T00:00:00Z",
      region: "us-east-1",
      resources: [],
      "detail-type": "x",
    };
    const test = (pattern: string, Event: string) =>
      events.send(new TestEventPatternCommand({ EventPattern: pattern, Event }));
    expect((await test(EventPattern, JSON.stringify(event))).Result).to.equal(true);
    expect((await test('{"source":["aws.iam"]}', JSON.stringify(event))).Result).to.equal(false);
    expect(await refusalOf(test(EventPattern, '{"source":"aws.sts"}'))).to.include({ code: "ValidationException" });
    expect(await refusalOf(test("{}", JSON.stringify(event)))).to.include({ code: "InvalidEventPatternException" });
  });

  describe("input templates", () => {
    const values = (variable: string): unknown =>
      new Map<string, unknown>([
        ["text", 'a "quoted" word'],
        ["number", 7],
        ["object", { a: [1] }],
      ]).get(variable);

    it("put values as JSON outside quotes, and without quotes of their own inside", () => {
      expect(fillTemplate('{"t":<text>,"n":<number>,"o":<object>}', values)).to.equal(
        '{"t":"a \\"quoted\\" word","n":7,"o":{"a":[1]}}',
      );
      expect(fillTemplate('"<text>: <number> <object> <missing>."', values)).to.equal(
        '"a \\"quoted\\" word: 7 {a:[1]} ."',
      );
      expect(fillTemplate('{"m":<missing>}', values)).to.equal('{"m":""}');
    });

    it("read paths through members, with hyphens and quotes, and indices", () => {
      const event = { "detail-type": "t", resources: ["r0", "r1"], detail: { "odd name": { x: 1 } } };
      expect(valueAt("$", event)).to.equal(event);
      expect(valueAt("$.detail-type", event)).to.equal("t");
      expect(valueAt("$.resources[1]", event)).to.equal("r1");
      expect(valueAt("$.detail['odd name'].x", event)).to.equal(1);
      expect(valueAt("$.detail.toString", event)).to.equal(undefined);
    });
  });
});
