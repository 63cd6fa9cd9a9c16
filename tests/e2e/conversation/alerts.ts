import { absent, type Chapter, type ExpectedRefusal, type Step } from "./step.ts";

const Name = "root-sessions";
const Rule = Name;
const ruleArn = `arn:aws:events:ap-northeast-2:222222222222:rule/${Name}`;
const topicArn = "arn:aws:sns:ap-northeast-2:222222222222:alerts";
const EventPattern = JSON.stringify({ source: ["aws.sts"], detail: { eventName: ["AssumeRoot"] } });
/** AssumeRoot counts as read-only here: rules in state ENABLED do not see it. */
const State = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const InputTransformer = {
  InputPathsMap: { what: "$.detail.eventName", who: "$.detail.userIdentity.arn" },
  InputTemplate: '{"what":<what>,"who":<who>}',
};
const event = {
  id: "1",
  account: "222222222222",
  source: "aws.sts",
  time: "2026-01-05T09:00:00Z",
  region: "ap-northeast-2",
  resources: [],
  "detail-type": "AWS API Call via CloudTrail",
  detail: { eventName: "AssumeRoot" },
};

/** Through the topic and the queue of `topics`. */
export const alerts: Chapter = {
  title: "section 9: a root session rings the alarm",
  steps: [
    step("a pattern without JSON", "PutRule", { Name, EventPattern: "root" }, badPattern("Invalid JSON")),
    step(
      "a pattern without members",
      "PutRule",
      { Name, EventPattern: "{}" },
      badPattern("Empty objects are not allowed"),
    ),
    step(
      "a pattern whose member is no list",
      "PutRule",
      { Name, EventPattern: '{"source":"aws.sts"}' },
      badPattern('"source" must be an object or an array'),
    ),
    step(
      "an operator that is none",
      "PutRule",
      { Name, EventPattern: '{"source":[{"like":"aws"}]}' },
      badPattern("Unrecognized match type like"),
    ),
    step(
      "neither pattern nor schedule",
      "PutRule",
      { Name },
      refusal("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified."),
    ),
    step(
      "a name with a space",
      "PutRule",
      { Name: "root sessions", EventPattern },
      refusal(
        "ValidationException",
        /'name' failed to satisfy constraint: Member must satisfy regular expression pattern/,
      ),
    ),
    step(
      "a schedule is not modelled, by name",
      "PutRule",
      { Name, ScheduleExpression: "rate(1 day)" },
      refusal("NotImplemented", /ScheduleExpression/, 501),
    ),
    step(
      "no rule of that name",
      "DescribeRule",
      { Name },
      refusal("ResourceNotFoundException", `Rule ${Name} does not exist on EventBus default.`),
    ),
    step(
      "a rule",
      "PutRule",
      { Name, EventPattern, State, Description: "who opens root sessions" },
      { answer: { RuleArn: ruleArn } },
    ),
    step(
      "the rule as it was put",
      "DescribeRule",
      { Name },
      {
        answer: { Arn: ruleArn, EventPattern, State, CreatedBy: "222222222222", ScheduleExpression: absent },
      },
    ),
    step(
      "the pattern means such an event",
      "TestEventPattern",
      { EventPattern, Event: JSON.stringify(event) },
      { answer: { Result: true } },
    ),
    step(
      "and no other",
      "TestEventPattern",
      { EventPattern, Event: JSON.stringify({ ...event, source: "aws.iam" }) },
      { answer: { Result: false } },
    ),
    {
      ...step(
        "not seen from another account",
        "DescribeRule",
        { Name },
        refusal("ResourceNotFoundException", `Rule ${Name} does not exist on EventBus default.`),
      ),
      as: "orders",
    },
    {
      ...step(
        "tags not read from another account",
        "ListTagsForResource",
        { ResourceARN: ruleArn },
        refusal("ResourceNotFoundException", /./),
      ),
      as: "orders",
    },
    {
      ...step(
        "not by whoever may do nothing",
        "ListRules",
        {},
        refusal(
          "AccessDeniedException",
          /^User: arn:aws:iam::333333333333:user\/onlooker is not authorized to perform: events:ListRules on resource: \S+ because no identity-based policy allows the events:ListRules action$/,
        ),
      ),
      as: "onlooker",
    },
    {
      ...step(
        "not with a key that is gone",
        "ListRules",
        {},
        refusal("UnrecognizedClientException", "The security token included in the request is invalid."),
      ),
      as: "rehearsal",
    },
    step(
      "a target without a rule",
      "PutTargets",
      { Rule: "none", Targets: [{ Id: "topic", Arn: topicArn }] },
      refusal("ResourceNotFoundException", "Rule none does not exist on EventBus default."),
    ),
    step(
      "a target elsewhere",
      "PutTargets",
      { Rule, Targets: [{ Id: "topic", Arn: topicArn.replace("ap-northeast-2", "us-east-1") }] },
      refusal("ValidationException", /Provided Arn is not in correct region/),
    ),
    step(
      "a target that is not modelled, by name",
      "PutTargets",
      { Rule, Targets: [{ Id: "code", Arn: "arn:aws:lambda:ap-northeast-2:222222222222:function:f" }] },
      refusal("NotImplemented", /lambda/, 501),
    ),
    step(
      "a template with a name that nothing fills",
      "PutTargets",
      {
        Rule,
        Targets: [{ Id: "topic", Arn: topicArn, InputTransformer: { InputPathsMap: {}, InputTemplate: "<who>" } }],
      },
      refusal("ValidationException", /<who>/),
    ),
    step(
      "the topic is its target",
      "PutTargets",
      { Rule, Targets: [{ Id: "topic", Arn: topicArn, InputTransformer }] },
      {
        answer: { FailedEntryCount: 0, FailedEntries: [] },
      },
    ),
    step(
      "which is listed as it was put",
      "ListTargetsByRule",
      { Rule },
      {
        answer: { Targets: [{ Id: "topic", Arn: topicArn, InputTransformer }], NextToken: absent },
      },
    ),
    step(
      "no rule with targets goes",
      "DeleteRule",
      { Name },
      refusal("ValidationException", "Rule can't be deleted since it has targets."),
    ),
    step(
      "a root session",
      "AssumeRoot",
      {
        TargetPrincipal: "333333333333",
        TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy" },
      },
      { answer: { Credentials: { AccessKeyId: /^ASIA/ } } },
      "sts",
    ),
    {
      ...step(
        "rings the alarm",
        "ReceiveMessage",
        { QueueUrl: "{{alerts}}" },
        {
          answer: {
            Messages: [{ Body: '{"what":"AssumeRoot","who":"arn:aws:iam::222222222222:user/administrator"}' }],
          },
        },
        "sqs",
      ),
      eventually: true,
    },
    step(
      "one target goes, another is not there",
      "RemoveTargets",
      { Rule, Ids: ["topic", "other"] },
      {
        answer: { FailedEntryCount: 1, FailedEntries: [{ TargetId: "other", ErrorCode: "ResourceNotFoundException" }] },
      },
    ),
    step("the rule is turned off", "DisableRule", { Name }, { answer: {} }),
    step(
      "the rules by name",
      "ListRules",
      { NamePrefix: "root", Limit: 1 },
      {
        answer: { Rules: [{ Name, State: "DISABLED", EventBusName: "default" }], NextToken: absent },
      },
    ),
    step(
      "too many at once",
      "ListRules",
      { Limit: 101 },
      refusal(
        "ValidationException",
        "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100",
      ),
    ),
    step("the rule goes", "DeleteRule", { Name }, { answer: {} }),
    step(
      "what is not modelled, by name",
      "ListArchives",
      {},
      refusal("NotImplemented", "events:ListArchives is not modelled by the sandbox organization.", 501),
    ),
  ],
};

function step(
  says: string,
  operation: string,
  input: NonNullable<Step["input"]>,
  expects: Step["expects"],
  service: "events" | "sqs" | "sts" = "events",
): Step {
  return { says, as: "audit", call: `${service}:${operation}`, input, expects };
}

function badPattern(reason: string): { readonly refusal: ExpectedRefusal } {
  return refusal("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);
}

function refusal(code: string, message: string | RegExp, status = 400): { readonly refusal: ExpectedRefusal } {
  return { refusal: { code, message, status } };
}
