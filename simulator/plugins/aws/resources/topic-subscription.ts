import {
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { sameJson } from "../json-equivalence.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { waits, waitUntil } from "../waiting.ts";
import { isNoSuchTopic, type TopicAttributes } from "./topic-attributes.ts";

const inputs = z.object({
  topic: z.string(),
  protocol: z.enum(["email", "email-json", "sqs"]),
  endpoint: z.string(),
  filterPolicy: input.json.optional(),
  filterPolicyScope: z.enum(["MessageAttributes", "MessageBody"]).optional(),
  rawMessageDelivery: z.boolean().default(false),
  confirmationTimeoutInMinutes: z.int().default(1),
  endpointAutoConfirms: z.boolean().default(false),
  region: input.region,
});
type Inputs = z.output<typeof inputs>;

/**
 * Who gets a topic's messages. An e-mail address stays pending until its owner confirms it, and a pending subscription
 * cannot be taken away: upstream leaves it behind and forgets it.
 */
export const topicSubscription = resourceType({
  token: "aws:sns/topicSubscription:TopicSubscription",
  inputs,
  replacedOn: ["topic", "protocol", "endpoint", "region"],
  computedInputs: ["filterPolicyScope"],
  localInputs: ["confirmationTimeoutInMinutes", "endpointAutoConfirms"],
  outputs: ["arn", "confirmationWasAuthenticated", "ownerId", "pendingConfirmation"],
  equivalents: { filterPolicy: sameJson },

  create: (asked, { clients, region }) =>
    describing("creating SNS Topic Subscription", async () => {
      const command = new SubscribeCommand({
        TopicArn: asked.topic,
        Protocol: asked.protocol,
        Endpoint: asked.endpoint,
        Attributes: attributesAtFirst(asked),
        ReturnSubscriptionArn: true,
      });
      return { id: (await clients.sns(region).send(command)).SubscriptionArn ?? "" };
    }),

  settle: async (arn, { protocol }, place) => {
    if (!protocol.includes("email")) {
      await describing(`waiting for SNS Topic Subscription (${arn}) confirmation`, () =>
        waitUntil(`SNS Topic Subscription (${arn}) to be confirmed`, waits.subscription, place.signal, async () =>
          (await subscriptionAttributes(arn, place))?.["PendingConfirmation"] === "false" ? true : undefined,
        ),
      );
    }
    await waitUntil(`SNS Topic Subscription (${arn}) to appear`, waits.subscription, place.signal, () =>
      subscriptionAttributes(arn, place),
    );
  },

  read: (arn, _state, place) =>
    describing(`reading SNS Topic Subscription (${arn})`, async () => {
      const found = await subscriptionAttributes(arn, place);
      return found && propertiesOf(arn, found);
    }),

  update: async (arn, { new: asked, changed }, { clients, region }) => {
    for (const [name, value, property] of inOrderOfUpdate(asked)) {
      if (!changed.has(property)) continue;
      const command = new SetSubscriptionAttributesCommand({
        SubscriptionArn: arn,
        AttributeName: name,
        AttributeValue: name === "FilterPolicy" && value === "" ? "{}" : value,
      });
      await describing(`setting SNS Topic Subscription (${arn}) attribute (${name})`, () =>
        clients.sns(region).send(command),
      );
    }
  },

  delete: (arn, _state, place) =>
    describing(`deleting SNS Topic Subscription (${arn})`, async () => {
      try {
        await place.clients.sns(place.region).send(new UnsubscribeCommand({ SubscriptionArn: arn }));
      } catch (error) {
        if (isPending(error)) return;
        throw error;
      }
      await waitUntil(`SNS Topic Subscription (${arn}) to be gone`, waits.subscription, place.signal, async () =>
        (await subscriptionAttributes(arn, place)) ? undefined : true,
      );
    }),
});

type Settings = Pick<Inputs, "filterPolicy" | "filterPolicyScope" | "rawMessageDelivery">;

function attributesOf(asked: Settings): [attribute: string, value: string, property: keyof Settings][] {
  return [
    ["FilterPolicy", asked.filterPolicy ?? "", "filterPolicy"],
    ["RawMessageDelivery", String(asked.rawMessageDelivery), "rawMessageDelivery"],
    ["FilterPolicyScope", asked.filterPolicyScope ?? "", "filterPolicyScope"],
  ];
}

function attributesAtFirst(asked: Settings): Record<string, string> {
  const set = attributesOf(asked).filter(([, value]) => value !== "" && value !== "false");
  return Object.fromEntries(set.map(([name, value]) => [name, value]));
}

/** The wider scope comes before the filter that may need it, the narrower one after the filter that must fit it. */
function inOrderOfUpdate(asked: Settings): ReturnType<typeof attributesOf> {
  const [filter, raw, scope] = attributesOf(asked);
  if (!filter || !raw || !scope) return [];
  return asked.filterPolicyScope === "MessageBody" ? [scope, filter, raw] : [filter, raw, scope];
}

function isPending(error: unknown): boolean {
  const isInvalid = failedWith(error, "InvalidParameter", "InvalidParameterException");
  return isInvalid && error.message.includes("Cannot unsubscribe a subscription that is pending confirmation");
}

async function subscriptionAttributes(arn: string, { clients, region }: Place): Promise<TopicAttributes | undefined> {
  try {
    const command = new GetSubscriptionAttributesCommand({ SubscriptionArn: arn });
    return (await clients.sns(region).send(command)).Attributes ?? {};
  } catch (error) {
    if (isNoSuchTopic(error)) return undefined;
    throw error;
  }
}

function propertiesOf(arn: string, found: TopicAttributes): PropertyBag {
  return {
    arn,
    topic: found["TopicArn"] ?? "",
    protocol: found["Protocol"] ?? "",
    endpoint: found["Endpoint"] ?? "",
    ...(found["FilterPolicy"] ? { filterPolicy: found["FilterPolicy"] } : {}),
    ...(found["FilterPolicyScope"] ? { filterPolicyScope: found["FilterPolicyScope"] } : {}),
    rawMessageDelivery: found["RawMessageDelivery"] === "true",
    ownerId: found["Owner"] ?? "",
    pendingConfirmation: found["PendingConfirmation"] === "true",
    confirmationWasAuthenticated: found["ConfirmationWasAuthenticated"] === "true",
  };
}
