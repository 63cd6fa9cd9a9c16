import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  EnableRuleRequest,
  ListRulesRequest,
  ListRulesResponse,
  PutRuleRequest,
  PutRuleResponse,
  Rule,
} from "@aws-sdk/client-eventbridge";
import type { EventRule, EventTarget } from "../../state/eventbridge.ts";
import { validationException } from "../json-refusals.ts";
import { nextTokenPage } from "../next-token-page.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkedPattern } from "./faults.ts";
import { checkBus, onRule, ruleArn, ruleOf } from "./rule-access.ts";
import { tagMap } from "../tag-map.ts";
import { tagRefusals } from "./tag-refusals.ts";

const largestPage = 100;

/** Makes a rule or changes it: what the request leaves out goes back to its default, targets and tags stay. */
export const putRule: Operation<Decoded<PutRuleRequest>, PutRuleResponse> = {
  validate: (input, call) => {
    refuseUnmodelled("events:PutRule", input, ["Name", "EventPattern", "State", "Description", "Tags", "EventBusName"]);
    checkBus(input, call);
    if (input.EventPattern === undefined) {
      throw validationException("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    checkedPattern(input.EventPattern);
    tagMap(input.Tags ?? [], tagRefusals);
  },
  requires: (input, call) => [
    ...onRule(input.Name, input, call),
    ...(input.Tags?.length ? [{ resource: ruleArn(input.Name, call), action: "events:TagResource" }] : []),
  ],
  perform: (input, call) => {
    const arn = ruleArn(input.Name, call);
    const known = call.state.eventRules.get(arn);
    call.state.eventRules.set(arn, {
      name: input.Name,
      arn,
      accountId: call.caller.accountId,
      region: call.region,
      pattern: input.EventPattern ?? "",
      state: input.State ?? "ENABLED",
      description: input.Description,
      targets: known?.targets ?? new Map<string, EventTarget>(),
      // An existing rule keeps its tags: a request cannot change them.
      tags: known?.tags ?? tagMap(input.Tags ?? [], tagRefusals),
    });
    return { RuleArn: arn };
  },
};

export const describeRule: Operation<Decoded<DescribeRuleRequest>, DescribeRuleResponse> = {
  validate: checkBus,
  requires: (input, call) => onRule(input.Name, input, call),
  perform: ({ Name }, call) => {
    const rule = ruleOf(Name, call);
    return { ...described(rule), CreatedBy: rule.accountId };
  },
};

export const listRules: Operation<ListRulesRequest, ListRulesResponse> = {
  validate: checkBus,
  requires: (input, call) => onRule("*", input, call),
  perform: (input, call) => {
    const { NamePrefix = "", Limit } = input;
    const { state, caller, region } = call;
    const rules = [...state.eventRules.values()]
      .filter((rule) => rule.accountId === caller.accountId && rule.region === region)
      .filter(({ name }) => name.startsWith(NamePrefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, more } = nextTokenPage(rules, input, call, Limit ?? largestPage, () =>
      validationException("Parameter NextToken is not valid."),
    );
    return { Rules: items.map(described), ...more };
  },
};

/** Deleting what is not there succeeds. */
export const deleteRule: Operation<Decoded<DeleteRuleRequest>, object> = {
  validate: checkBus,
  requires: (input, call) => onRule(input.Name, input, call),
  perform: ({ Name }, call) => {
    const arn = ruleArn(Name, call);
    if ((call.state.eventRules.get(arn)?.targets.size ?? 0) > 0) {
      throw validationException("Rule can't be deleted since it has targets.");
    }
    call.state.eventRules.delete(arn);
    return {};
  },
};

export const enableRule: Operation<Decoded<EnableRuleRequest>, object> = {
  validate: checkBus,
  requires: (input, call) => onRule(input.Name, input, call),
  perform: ({ Name }, call) => {
    ruleOf(Name, call).state = "ENABLED";
    return {};
  },
};

export const disableRule: Operation<Decoded<DisableRuleRequest>, object> = {
  validate: checkBus,
  requires: (input, call) => onRule(input.Name, input, call),
  perform: ({ Name }, call) => {
    ruleOf(Name, call).state = "DISABLED";
    return {};
  },
};

function described({ name, arn, pattern, state, description }: EventRule): Rule {
  return {
    Name: name,
    Arn: arn,
    EventPattern: pattern,
    State: state,
    ...(description === undefined ? {} : { Description: description }),
    EventBusName: "default",
  };
}
