import type { InvokeOptions } from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { alertTopicPolicy, type PolicyJson } from "#iam";
import { type AlertScope, topicArn, topicDisplayName } from "../alert-settings.ts";
import { leftAlone } from "./alerts-left-alone.ts";
import type { ExistingAlerts, UnfinishedSetting } from "../existing-alerts.ts";
import { findResource } from "../facts/found-resource.ts";
import { isOwn, type OwnResources } from "../facts/own-resources.ts";
import { refused, type Reviewed } from "../review.ts";

/**
 * Looks for a topic of the name, because the provider refuses a second one, and for its policy, which making it again
 * would overwrite. Who subscribes to it is nothing to this: SNS answers the same subscription with the one it has.
 *
 * @param keyArn the topic's key, where that is known already
 */
export async function adoptAlertTopic(
  scope: AlertScope,
  keyArn: string | undefined,
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<Pick<ExistingAlerts, "hasTopic" | "hasTopicPolicy" | "unfinished">>> {
  const { region } = scope;
  const arn = topicArn(scope);
  const isOwnTopic = isOwn(own, "aws:sns/topic:Topic", { arn });
  if (isOwnTopic && isOwn(own, "aws:sns/topicPolicy:TopicPolicy", { arn })) return { accepted: {} };
  const asked = { identifier: arn, region };
  const topic = isOwnTopic
    ? undefined
    : await findResource({ typeName: "AWS::SNS::Topic", ...asked }, topicSchema, options);
  if (!isOwnTopic && topic === undefined) return { accepted: {} };
  const policy = await findResource({ typeName: "AWS::SNS::TopicInlinePolicy", ...asked }, policySchema, options);
  const differences = [
    ...(topic === undefined ? [] : topicDifferences(topic, keyArn)),
    ...(isOthers(policy?.PolicyDocument, arn) ? ["another policy"] : []),
  ];
  if (differences.length > 0) {
    const instead = "choose another rootAccessAlerts.topicName";
    return refused(leftAlone(scope, `a topic ${scope.topicName}`, differences, instead));
  }
  return {
    accepted: {
      hasTopic: topic !== undefined,
      hasTopicPolicy: policy !== undefined,
      unfinished: new Set(topic === undefined ? [] : unfinishedOf(topic)),
    },
  };
}

type FoundTopic = z.output<typeof topicSchema>;

const topicSchema = z.object({
  DisplayName: z.string().default(""),
  KmsMasterKeyId: z.string().default(""),
  DataProtectionPolicy: z.unknown().optional(),
  DeliveryStatusLogging: z.array(z.unknown()).default([]),
  Tags: z.array(z.object({ Key: z.string() })).default([]),
});

/** The policy that topics start with counts as none. */
const policySchema = z.object({ PolicyDocument: z.custom<PolicyJson>() });

function isOthers(policy: PolicyJson | undefined, arn: string): boolean {
  return policy !== undefined && !isDeepStrictEqual(policy, alertTopicPolicy(arn));
}

/** The provider makes a topic bare and sets one attribute after the other: one that is not set may be half made. */
function topicDifferences(found: FoundTopic, keyArn: string | undefined): readonly string[] {
  const { DisplayName: displayName, KmsMasterKeyId: key, Tags: tags } = found;
  const comparisons: readonly (readonly [boolean, string])[] = [
    [displayName === "" || displayName === topicDisplayName, `another display name (${displayName})`],
    [key === "" || key === keyArn, `another key (${key})`],
    [found.DataProtectionPolicy === undefined, "a data protection policy"],
    [found.DeliveryStatusLogging.length === 0, "logging of deliveries"],
    [tags.length === 0, `tags (${tags.map(({ Key }) => Key).join(", ")})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}

function unfinishedOf({ DisplayName, KmsMasterKeyId }: FoundTopic): readonly UnfinishedSetting[] {
  return [
    ...(DisplayName === "" ? (["the topic's display name"] as const) : []),
    ...(KmsMasterKeyId === "" ? (["the topic's key"] as const) : []),
  ];
}
