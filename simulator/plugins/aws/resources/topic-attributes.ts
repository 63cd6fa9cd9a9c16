import { GetTopicAttributesCommand, SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import type { Place } from "../resource-type.ts";
import { retryWhile, waits } from "../waiting.ts";

export type TopicAttributes = Readonly<Record<string, string>>;

/** A topic's attributes; `undefined` when there is no such topic. */
export async function topicAttributes(arn: string, { clients, region }: Place): Promise<TopicAttributes | undefined> {
  try {
    return (await clients.sns(region).send(new GetTopicAttributesCommand({ TopicArn: arn }))).Attributes ?? {};
  } catch (error) {
    if (isNoSuchTopic(error)) return undefined;
    throw error;
  }
}

/** Sets one attribute: SNS has no call for several. */
export async function setTopicAttribute(arn: string, name: string, value: string, place: Place): Promise<void> {
  const { clients, region, signal } = place;
  const command = new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: name, AttributeValue: value });
  await describing(`setting SNS Topic (${arn}) attribute (${name})`, () =>
    retryWhile(isPassing, waits.topicAttribute, signal, () => clients.sns(region).send(command)),
  );
}

export function isNoSuchTopic(error: unknown): boolean {
  return failedWith(error, "NotFound", "NotFoundException");
}

/** A principal in the policy, or the caller's own permission, may not be known everywhere yet. */
function isPassing(error: unknown): boolean {
  return failedWith(
    error,
    "InvalidParameter",
    "InvalidParameterException",
    "AuthorizationError",
    "AuthorizationErrorException",
  );
}
