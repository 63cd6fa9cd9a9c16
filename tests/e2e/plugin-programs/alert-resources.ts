import * as aws from "@pulumi/aws";

/** What alerts are made of, in the account of a provider: a role, a key, a topic with its subscriber, and a rule. */
export function alertResources(provider: aws.Provider, second: boolean): Record<string, unknown> {
  const edition = second ? "second edition" : "first edition";
  const queue = new aws.sqs.Queue("subscriber", {}, { provider });
  const role = new aws.iam.Role(
    "role",
    {
      description: edition,
      assumeRolePolicy: policy({ ...service("events.amazonaws.com"), Action: "sts:AssumeRole" }),
    },
    { provider },
  );
  const Action = second ? "events:PutEvents" : "sns:Publish";
  const rolePolicy = new aws.iam.RolePolicy(
    "role-policy",
    { role: role.name, policy: policy({ Effect: "Allow", Action, Resource: "*" }) },
    { provider },
  );
  const key = new aws.kms.Key("key", { description: edition, enableKeyRotation: second }, { provider });
  const alias = new aws.kms.Alias("alias", { name: "alias/every-type", targetKeyId: key.keyId }, { provider });
  const topic = new aws.sns.Topic("topic", { displayName: edition, kmsMasterKeyId: key.arn }, { provider });
  const Sid = second ? "Second" : "First";
  new aws.sns.TopicPolicy(
    "topic-policy",
    {
      arn: topic.arn,
      policy: topic.arn.apply((Resource) =>
        policy({ Sid, ...service("events.amazonaws.com"), Action: "sns:Publish", Resource }),
      ),
    },
    { provider },
  );
  new aws.sns.TopicSubscription(
    "subscription",
    { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: second },
    { provider },
  );
  return { alias: alias.arn, role: rolePolicy.role, ...ruleResources(provider, topic, edition) };
}

function ruleResources(provider: aws.Provider, topic: aws.sns.Topic, edition: string): Record<string, unknown> {
  const rule = new aws.cloudwatch.EventRule(
    "rule",
    { description: edition, eventPattern: JSON.stringify({ source: ["aws.sts"] }) },
    { provider },
  );
  const target = new aws.cloudwatch.EventTarget(
    "target",
    {
      rule: rule.name,
      arn: topic.arn,
      inputTransformer: { inputPaths: { who: "$.detail.userIdentity.arn" }, inputTemplate: `"<who>, ${edition}"` },
    },
    { provider },
  );
  return { rule: rule.arn, target: target.targetId };
}

function service(name: string): { Effect: "Allow"; Principal: { Service: string } } {
  return { Effect: "Allow", Principal: { Service: name } };
}

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
