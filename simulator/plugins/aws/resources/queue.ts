import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { changeTags, tagProperties, type Tags } from "../tags.ts";
import { retryWhile, waits, waitUntil, waitUntilSteady } from "../waiting.ts";
import { isNoSuchQueue, type QueueAttributes, queueAttributes, waitForQueueAttributes } from "./queue-attributes.ts";

const inputs = z.object({
  name: z.string().optional(),
  delaySeconds: z.int().min(0).max(900).default(0),
  maxMessageSize: z.int().min(1024).max(1_048_576).default(262_144),
  messageRetentionSeconds: z.int().min(60).max(1_209_600).default(345_600),
  receiveWaitTimeSeconds: z.int().min(0).max(20).default(0),
  visibilityTimeoutSeconds: z.int().min(0).max(43_200).default(30),
  policy: input.policy.optional(),
  sqsManagedSseEnabled: z.boolean().optional(),
  tags: input.tags,
  region: input.region,
});
type Inputs = z.output<typeof inputs>;

/** A standard queue. */
export const queue = resourceType({
  token: "aws:sqs/queue:Queue",
  inputs,
  replacedOn: ["name", "region"],
  computedInputs: ["policy", "sqsManagedSseEnabled"],
  outputs: ["arn", "url", "kmsDataKeyReusePeriodSeconds"],
  policies: ["policy"],
  autoName: { property: "name", maximumLength: 80 },
  taggable: true,

  create: (asked, { clients, region, signal }) =>
    describing(`creating SQS Queue (${asked.name ?? ""})`, async () => {
      const tags = asked.tags ?? {};
      const command = new CreateQueueCommand({
        QueueName: asked.name,
        Attributes: attributesOf(asked),
        ...(Object.keys(tags).length > 0 ? { tags } : {}),
      });
      const isPassing = (error: unknown): boolean =>
        failedWith(error, "QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently");
      const created = await retryWhile(isPassing, waits.queueDeletedRecently, signal, () =>
        clients.sqs(region).send(command),
      );
      return { id: created.QueueUrl ?? "" };
    }),

  settle: async (url, asked, place) => {
    await waitForQueueAttributes(url, attributesOf(asked), place);
    await waitUntil(`SQS Queue (${url}) to appear`, waits.queueAppears, place.signal, () =>
      queueAttributes(url, place),
    );
  },

  read: (url, _state, place) => describing(`reading SQS Queue (${url})`, () => readQueue(url, place)),

  update: async (url, { old, new: asked, changed }, place) => {
    if (changed.has("tags")) await changeQueueTags(url, { old: old.tags, asked: asked.tags }, place);
    const attributes = changedAttributes(asked, changed);
    if (Object.keys(attributes).length === 0) return;
    await describing(`updating SQS Queue (${url}) attributes`, () =>
      place.clients.sqs(place.region).send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes })),
    );
    await waitForQueueAttributes(url, attributes, place);
  },

  delete: (url, _state, place) => describing(`deleting SQS Queue (${url})`, () => deleteQueue(url, place)),
});

/** What is sent: a policy and encryption only when the program says something of them. */
function attributesOf(asked: Inputs): QueueAttributes {
  return {
    DelaySeconds: String(asked.delaySeconds),
    MaximumMessageSize: String(asked.maxMessageSize),
    MessageRetentionPeriod: String(asked.messageRetentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(asked.receiveWaitTimeSeconds),
    VisibilityTimeout: String(asked.visibilityTimeoutSeconds),
    ...(asked.policy ? { Policy: asked.policy } : {}),
    ...(asked.sqsManagedSseEnabled === undefined ? {} : { SqsManagedSseEnabled: String(asked.sqsManagedSseEnabled) }),
  };
}

const attributeNames: Readonly<Record<string, keyof QueueAttributes>> = {
  delaySeconds: "DelaySeconds",
  maxMessageSize: "MaximumMessageSize",
  messageRetentionSeconds: "MessageRetentionPeriod",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  visibilityTimeoutSeconds: "VisibilityTimeout",
  policy: "Policy",
  sqsManagedSseEnabled: "SqsManagedSseEnabled",
};

function changedAttributes(asked: Inputs, changed: ReadonlySet<string>): QueueAttributes {
  const all: QueueAttributes = { Policy: "", ...attributesOf(asked) };
  const names = [...changed].flatMap((property) => attributeNames[property] ?? []);
  return Object.fromEntries(names.map((name) => [name, all[name] ?? ""]));
}

async function readQueue(url: string, place: Place): Promise<PropertyBag | undefined> {
  const found = await queueAttributes(url, place);
  if (!found) return undefined;
  const { Tags = {} } = await place.clients.sqs(place.region).send(new ListQueueTagsCommand({ QueueUrl: url }));
  const arn = found.QueueArn ?? "";
  return {
    arn,
    url,
    name: arn.slice(arn.lastIndexOf(":") + 1),
    delaySeconds: Number(found.DelaySeconds),
    maxMessageSize: Number(found.MaximumMessageSize),
    messageRetentionSeconds: Number(found.MessageRetentionPeriod),
    receiveWaitTimeSeconds: Number(found.ReceiveMessageWaitTimeSeconds),
    visibilityTimeoutSeconds: Number(found.VisibilityTimeout),
    kmsDataKeyReusePeriodSeconds: Number(found.KmsDataKeyReusePeriodSeconds ?? 300),
    policy: found.Policy ?? "",
    sqsManagedSseEnabled: found.SqsManagedSseEnabled === "true",
    ...tagProperties(Tags),
  };
}

function changeQueueTags(
  url: string,
  change: { readonly old: Tags | undefined; readonly asked: Tags | undefined },
  { clients, region }: Place,
): Promise<void> {
  const sqs = clients.sqs(region);
  return changeTags(`SQS Queue (${url})`, change, {
    remove: (keys) => sqs.send(new UntagQueueCommand({ QueueUrl: url, TagKeys: keys })),
    add: (tags) => sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: tags })),
  });
}

async function deleteQueue(url: string, place: Place): Promise<void> {
  try {
    await place.clients.sqs(place.region).send(new DeleteQueueCommand({ QueueUrl: url }));
  } catch (error) {
    if (isNoSuchQueue(error)) return;
    throw error;
  }
  await waitUntilSteady(
    `SQS Queue (${url}) to be gone`,
    15,
    waits.queueDisappears,
    place.signal,
    async () => (await queueAttributes(url, place)) === undefined,
  );
}
