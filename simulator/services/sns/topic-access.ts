import { parseArn } from "#iam";
import { heldPolicy } from "../../policy-texts.ts";
import type { Topic } from "../../state/sns.ts";
import type { Call, Requirement } from "../service.ts";
import { invalidParameter, topicDoesNotExist } from "./faults.ts";

interface NamesTopic {
  readonly TopicArn: string;
}

/** What an operation on a topic requires: its action on the topic's ARN, under the topic's policy. */
export function onTopic(input: NamesTopic, call: Call): readonly Requirement[] {
  return [topicRequirement(topicOf(input, call))];
}

export function topicRequirement(topic: Topic): Requirement {
  const document = heldPolicy(topic.attributes.get("Policy") ?? "");
  return {
    resource: topic.arn,
    resourceAccountId: topic.accountId,
    resourcePolicy: { name: `policy of topic ${topic.name}`, document },
  };
}

/** @throws AwsFault InvalidParameter for what is no topic's ARN of this Region */
export function checkTopicArn({ TopicArn: arn }: NamesTopic, { region }: Call): void {
  const parsed = parseArn(arn);
  if (parsed?.service !== "sns" || parsed.resource.includes(":") || parsed.region !== region) {
    throw invalidParameter("TopicArn");
  }
}

/** @throws AwsFault InvalidParameter for what is no topic's ARN of this Region, NotFound */
export function topicOf(input: NamesTopic, call: Call): Topic {
  checkTopicArn(input, call);
  const topic = call.state.topics.get(input.TopicArn);
  if (!topic) throw topicDoesNotExist();
  return topic;
}

export function topicArn(name: string, { region, caller }: Call): string {
  return `arn:aws:sns:${region}:${caller.accountId}:${name}`;
}
