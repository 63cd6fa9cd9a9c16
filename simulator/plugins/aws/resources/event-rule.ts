import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  ListTagsForResourceCommand,
  PutRuleCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { sameJson } from "../json-equivalence.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { changeTags, tagPairs, tagPropertiesOf } from "../tags.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";

const inputs = z.object({
  name: z.string().optional(),
  description: z.string().max(512).optional(),
  eventBusName: z.string().default("default"),
  eventPattern: input.json,
  forceDestroy: z.boolean().default(false),
  state: z.enum(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]).optional(),
  tags: input.tags,
  region: input.region,
});
type Inputs = z.output<typeof inputs>;

/** A rule on an event bus; of rules the stand-in models those with a pattern. */
export const eventRule = resourceType({
  token: "aws:cloudwatch/eventRule:EventRule",
  inputs,
  replacedOn: ["name", "eventBusName", "region"],
  computedInputs: ["state"],
  localInputs: ["forceDestroy"],
  outputs: ["arn", "isEnabled"],
  equivalents: { eventPattern: sameJson },
  autoName: { property: "name", maximumLength: 64 },
  taggable: true,

  create: (asked, place) =>
    describing(`creating EventBridge Rule (${asked.name ?? ""})`, async () => {
      await putRule(asked.name ?? "", asked, place);
      return {
        id: asked.eventBusName === "default" ? (asked.name ?? "") : `${asked.eventBusName}/${asked.name ?? ""}`,
      };
    }),

  settle: async (id, _inputs, place) => {
    await describing(`waiting for EventBridge Rule (${id}) create`, () =>
      waitUntil(`EventBridge Rule (${id}) to appear`, waits.eventRule, place.signal, () => findRule(id, place)),
    );
  },

  read: (id, _state, place) => describing(`reading EventBridge Rule (${id})`, () => readRule(id, place)),

  update: async (id, { old, new: asked, changed }, place) => {
    if (changed.has("tags")) await changeRuleTags(id, { old: old.tags, asked: asked.tags }, place);
    if ([...changed].every((property) => property === "tags" || property === "forceDestroy")) return;
    await describing(`updating EventBridge Rule (${id})`, () => putRule(parseId(id).name, asked, place));
  },

  delete: (id, { forceDestroy = false }, { clients, region, signal }) =>
    describing(`deleting EventBridge Rule (${id})`, async () => {
      const { bus, name } = parseId(id);
      const command = new DeleteRuleCommand({ Name: name, EventBusName: bus, Force: forceDestroy });
      try {
        await retryWhile(hasTargets, waits.eventRule, signal, () => clients.eventBridge(region).send(command));
      } catch (error) {
        if (!isNoSuchRule(error)) throw error;
      }
    }),
});

function parseId(id: string): { bus: string; name: string } {
  const end = id.lastIndexOf("/");
  return { bus: end < 0 ? "default" : id.slice(0, end), name: id.slice(end + 1) };
}

/** Makes a rule or replaces all of its settings; the tags go along with a change too, for policies that look at them. */
async function putRule(name: string, asked: Inputs, { clients, region, signal }: Place): Promise<void> {
  const command = new PutRuleCommand({
    Name: name,
    EventBusName: asked.eventBusName,
    EventPattern: JSON.stringify(JSON.parse(asked.eventPattern)),
    ...(asked.description ? { Description: asked.description } : {}),
    ...(asked.state ? { State: asked.state } : {}),
    ...(asked.tags ? { Tags: tagPairs(asked.tags) } : {}),
  });
  const isPassing = (error: unknown): boolean =>
    failedWith(error, "ValidationException") && error.message.includes("cannot be assumed by principal");
  await retryWhile(isPassing, waits.eventRule, signal, () => clients.eventBridge(region).send(command));
}

async function changeRuleTags(
  id: string,
  change: { readonly old: Inputs["tags"]; readonly asked: Inputs["tags"] },
  place: Place,
): Promise<void> {
  const eventBridge = place.clients.eventBridge(place.region);
  const ResourceARN = (await findRule(id, place))?.Arn;
  await changeTags(`EventBridge Rule (${id})`, change, {
    remove: (TagKeys) => eventBridge.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    add: (tags) => eventBridge.send(new TagResourceCommand({ ResourceARN, Tags: tagPairs(tags) })),
  });
}

function hasTargets(error: unknown): boolean {
  return (
    failedWith(error, "ValidationException") && error.message.includes("Rule can't be deleted since it has targets")
  );
}

function isNoSuchRule(error: unknown): boolean {
  return failedWith(error, "ResourceNotFoundException");
}

async function findRule(id: string, { clients, region }: Place): Promise<DescribeRuleCommandOutput | undefined> {
  const { bus, name } = parseId(id);
  try {
    return await clients.eventBridge(region).send(new DescribeRuleCommand({ Name: name, EventBusName: bus }));
  } catch (error) {
    if (isNoSuchRule(error)) return undefined;
    throw error;
  }
}

async function readRule(id: string, place: Place): Promise<PropertyBag | undefined> {
  const found = await findRule(id, place);
  if (!found) return undefined;
  const command = new ListTagsForResourceCommand({ ResourceARN: found.Arn });
  const { Tags } = await place.clients.eventBridge(place.region).send(command);
  return {
    arn: found.Arn ?? "",
    name: found.Name ?? "",
    description: found.Description ?? "",
    eventBusName: parseId(id).bus,
    ...(found.EventPattern ? { eventPattern: found.EventPattern } : {}),
    ...(found.State ? { state: found.State } : {}),
    isEnabled: found.State !== "DISABLED",
    ...tagPropertiesOf(Tags),
  };
}
