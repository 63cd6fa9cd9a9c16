import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { changeTags, tagPairs, tagPropertiesOf } from "../tags.ts";
import { isNoSuchTopic, setTopicAttribute, topicAttributes } from "./topic-attributes.ts";

const inputs = z.object({
  name: z.string().optional(),
  displayName: z.string().optional(),
  kmsMasterKeyId: z.string().optional(),
  policy: input.policy.optional(),
  signatureVersion: z.int().optional(),
  tracingConfig: z.string().optional(),
  tags: input.tags,
  region: input.region,
});
type Inputs = z.output<typeof inputs>;

/** A standard topic: created bare, then given one attribute after the other. */
export const topic = resourceType({
  token: "aws:sns/topic:Topic",
  inputs,
  replacedOn: ["name", "region"],
  computedInputs: ["policy", "signatureVersion", "tracingConfig"],
  outputs: ["arn", "owner"],
  policies: ["policy"],
  autoName: { property: "name", maximumLength: 80 },
  taggable: true,

  create: ({ name = "", tags }, place) =>
    describing(`creating SNS Topic (${name})`, async () => {
      await refuseExisting(name, place);
      const command = new CreateTopicCommand({ Name: name, ...(tags ? { Tags: tagPairs(tags) } : {}) });
      const created = await place.clients.sns(place.region).send(command);
      return { id: created.TopicArn ?? "" };
    }),

  settle: async (arn, asked, place) => {
    for (const [name, value] of attributesOf(asked)) {
      if (value !== "") await setTopicAttribute(arn, name, value, place);
    }
  },

  read: (arn, _state, place) => describing(`reading SNS Topic (${arn})`, () => readTopic(arn, place)),

  update: async (arn, { old, new: asked, changed }, place) => {
    const sns = place.clients.sns(place.region);
    if (changed.has("tags")) {
      await changeTags(
        `SNS Topic (${arn})`,
        { old: old.tags, asked: asked.tags },
        {
          remove: (TagKeys) => sns.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys })),
          add: (tags) => sns.send(new TagResourceCommand({ ResourceArn: arn, Tags: tagPairs(tags) })),
        },
      );
    }
    for (const [name, value, property] of attributesOf(asked)) {
      if (changed.has(property)) await setTopicAttribute(arn, name, value, place);
    }
  },

  delete: (arn, _state, { clients, region }) =>
    describing(`deleting SNS Topic (${arn})`, async () => {
      try {
        await clients.sns(region).send(new DeleteTopicCommand({ TopicArn: arn }));
      } catch (error) {
        if (!isNoSuchTopic(error)) throw error;
      }
    }),
});

/** Creating one's own topic again succeeds in AWS; the plugin looks first, so that no two resources share a topic. */
async function refuseExisting(name: string, place: Place): Promise<void> {
  const arn = `arn:aws:sns:${place.region}:${await place.accountId()}:${name}`;
  if (await topicAttributes(arn, place)) throw new Error(`SNS Topic (${name}) already exists`);
}

function attributesOf(asked: Inputs): [attribute: string, value: string, property: keyof Inputs][] {
  return [
    ["DisplayName", asked.displayName ?? "", "displayName"],
    ["KmsMasterKeyId", asked.kmsMasterKeyId ?? "", "kmsMasterKeyId"],
    ["Policy", asked.policy ?? "", "policy"],
    ["SignatureVersion", String(asked.signatureVersion ?? ""), "signatureVersion"],
    ["TracingConfig", asked.tracingConfig ?? "", "tracingConfig"],
  ];
}

async function readTopic(arn: string, place: Place): Promise<PropertyBag | undefined> {
  const found = await topicAttributes(arn, place);
  if (!found) return undefined;
  const { Tags } = await place.clients.sns(place.region).send(new ListTagsForResourceCommand({ ResourceArn: arn }));
  return {
    arn,
    owner: found["Owner"] ?? "",
    name: arn.slice(arn.lastIndexOf(":") + 1),
    displayName: found["DisplayName"] ?? "",
    kmsMasterKeyId: found["KmsMasterKeyId"] ?? "",
    policy: found["Policy"] ?? "",
    signatureVersion: Number(found["SignatureVersion"] ?? 0),
    tracingConfig: found["TracingConfig"] ?? "",
    ...tagPropertiesOf(Tags),
  };
}
