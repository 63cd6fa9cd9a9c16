import { z } from "zod";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { resourceType } from "../resource-type.ts";
import { isNoSuchTopic, setTopicAttribute, topicAttributes } from "./topic-attributes.ts";

/** A topic's policy. A topic always has one: deleting puts back the one that topics start with. */
export const topicPolicy = resourceType({
  token: "aws:sns/topicPolicy:TopicPolicy",
  inputs: z.object({ arn: z.string(), policy: input.policy, region: input.region }),
  replacedOn: ["arn", "region"],
  outputs: ["owner"],
  policies: ["policy"],

  create: async ({ arn, policy }, place) => {
    await setTopicAttribute(arn, "Policy", policy, place);
    return { id: arn };
  },

  read: (arn, _state, place) =>
    describing(`reading SNS Topic Policy (${arn})`, async () => {
      const found = await topicAttributes(arn, place);
      return found?.["Policy"] ? { arn, policy: found["Policy"], owner: found["Owner"] ?? "" } : undefined;
    }),

  update: (arn, { new: { policy } }, place) => setTopicAttribute(arn, "Policy", policy, place),

  delete: async (arn, _state, place) => {
    try {
      await setTopicAttribute(arn, "Policy", startingPolicy(arn), place);
    } catch (error) {
      if (!(error instanceof Error && isNoSuchTopic(error.cause))) throw error;
    }
  },
});

const ownersActions = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
  "Receive",
];

/** The owner's account alone. */
function startingPolicy(arn: string): string {
  const [, , , , owner = ""] = arn.split(":");
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ownersActions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": owner } },
      },
    ],
  });
}
