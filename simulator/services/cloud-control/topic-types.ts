import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { parseArn } from "#iam";
import { parsedJson } from "../../json-text.ts";
import { defaultTopicPolicy } from "../sns/topic-rules.ts";
import { readOnlyType, tagsOf } from "./read-only-type.ts";
import { HandlerFailure } from "./resource-type.ts";

const service = {
  name: "sns",
  label: "Sns",
  codes: { NotFound: "NotFound", AuthorizationError: "AccessDenied", InvalidParameter: "InvalidRequest" },
} as const;

/** A topic, to be read only. Data protection policies, which AWS's handler asks for too, are not modelled. */
export const topicType = readOnlyType({
  name: "AWS::SNS::Topic",
  identifier: "TopicArn",
  readOnly: ["TopicArn"],
  service,
  read: async (TopicArn, ask) => {
    const { Attributes: attributes } = await ask("GetTopicAttributes", { TopicArn }, attributesAnswer);
    const { Tags } = await ask("ListTagsForResource", { ResourceArn: TopicArn }, tagsAnswer);
    const { Subscriptions } = await ask("ListSubscriptionsByTopic", { TopicArn }, subscriptionsAnswer);
    const kept = ["DisplayName", "KmsMasterKeyId", "SignatureVersion", "TracingConfig"].flatMap((name) => {
      const value = attributes[name] ?? "";
      return value === "" ? [] : [[name, value] as const];
    });
    return {
      TopicArn,
      TopicName: parseArn(TopicArn)?.resource ?? "",
      ...Object.fromEntries(kept),
      Subscription: Subscriptions,
      ...tagsOf(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))),
    };
  },
});

/** A topic's policy, to be read only; the one that topics start with counts as none. */
export const topicInlinePolicyType = readOnlyType({
  name: "AWS::SNS::TopicInlinePolicy",
  identifier: "TopicArn",
  readOnly: [],
  service,
  read: async (TopicArn, ask) => {
    const { Attributes: attributes } = await ask("GetTopicAttributes", { TopicArn }, attributesAnswer);
    const document = parsedJson(attributes["Policy"] ?? "");
    const first = parsedJson(defaultTopicPolicy(TopicArn, parseArn(TopicArn)?.accountId ?? ""));
    if (isDeepStrictEqual(document, first)) {
      throw new HandlerFailure("NotFound", `Topic: ${TopicArn}, Policy does not exist`);
    }
    return { TopicArn, PolicyDocument: document };
  },
});

const attributesAnswer = z.object({ Attributes: z.record(z.string(), z.string()) });
const tagsAnswer = z.object({ Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) });
const subscriptionsAnswer = z.object({
  Subscriptions: z.array(z.object({ Endpoint: z.string(), Protocol: z.string() })),
});
