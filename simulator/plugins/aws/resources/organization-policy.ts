import {
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribePolicyCommand,
  ListTagsForResourceCommand,
  type OrganizationsClient,
  type Policy,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePolicyCommand,
} from "@aws-sdk/client-organizations";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { sameJson } from "../json-equivalence.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagPairs, tagPropertiesOf } from "../tags.ts";
import { retryWhile, waits } from "../waiting.ts";

const inputs = z.object({
  content: input.json,
  description: z.string().optional(),
  name: z.string().optional(),
  type: z.enum(["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]).default("SERVICE_CONTROL_POLICY"),
  skipDestroy: z.boolean().optional(),
  tags: input.tags,
});

/** A service control or resource control policy of the organization. */
export const organizationPolicy = resourceType({
  token: "aws:organizations/policy:Policy",
  inputs,
  replacedOn: ["type"],
  localInputs: ["skipDestroy"],
  outputs: ["arn"],
  equivalents: { content: sameJson },
  autoName: { property: "name", maximumLength: 255 },
  taggable: true,

  create: ({ name = "", content, description = "", type, tags }, { clients, signal }) =>
    describing(`creating Organizations Policy (${name})`, async () => {
      const command = new CreatePolicyCommand({
        Name: name,
        Content: content,
        Description: description,
        Type: type,
        Tags: tagPairs(tags),
      });
      const created = await retryWhile(isFinalizing, waits.organizationFinalizes, signal, () =>
        clients.organizations.send(command),
      );
      return { id: created.Policy?.PolicySummary?.Id ?? "" };
    }),

  read: (id, { content }, { clients: { organizations } }) => {
    const isImport = content === undefined;
    return describing(`reading Organizations Policy (${id})`, () => readPolicy(id, isImport, organizations));
  },

  update: async (id, { old, new: asked, changed }, { clients: { organizations } }) => {
    if (changed.has("tags")) {
      await changeTags(
        `Organizations Policy (${id})`,
        { old: old.tags, asked: asked.tags },
        {
          remove: (TagKeys) => organizations.send(new UntagResourceCommand({ ResourceId: id, TagKeys })),
          add: (tags) => organizations.send(new TagResourceCommand({ ResourceId: id, Tags: tagPairs(tags) })),
        },
      );
    }
    if ([...changed].every((property) => property === "tags")) return;
    await describing(`updating Organizations Policy (${id})`, () =>
      organizations.send(
        new UpdatePolicyCommand({
          PolicyId: id,
          ...(changed.has("content") ? { Content: asked.content } : {}),
          ...(changed.has("description") ? { Description: asked.description ?? "" } : {}),
          ...(changed.has("name") ? { Name: asked.name } : {}),
        }),
      ),
    );
  },

  delete: async (id, { skipDestroy }, { clients }) => {
    if (skipDestroy) return;
    await describing(`deleting Organizations Policy (${id})`, async () => {
      try {
        await clients.organizations.send(new DeletePolicyCommand({ PolicyId: id }));
      } catch (error) {
        if (!failedWith(error, "PolicyNotFoundException")) throw error;
      }
    });
  },
});

/** AWS answers so while the organization is being set up. */
export function isFinalizing(error: unknown): boolean {
  return failedWith(error, "FinalizingOrganizationException");
}

async function readPolicy(
  id: string,
  isImport: boolean,
  client: OrganizationsClient,
): Promise<PropertyBag | undefined> {
  const found = await findPolicy(id, client);
  if (!found) return undefined;
  const { PolicySummary: summary, Content: content = "" } = found;
  if (isImport && summary?.AwsManaged) {
    throw new Error(
      `AWS-managed Organizations policy (${id}) cannot be imported. Use the policy ID directly in your configuration`,
    );
  }
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceId: id }));
  return {
    arn: summary?.Arn ?? "",
    content,
    description: summary?.Description ?? "",
    name: summary?.Name ?? "",
    type: summary?.Type ?? "",
    ...tagPropertiesOf(Tags),
  };
}

async function findPolicy(id: string, client: OrganizationsClient): Promise<Policy | undefined> {
  try {
    return (await client.send(new DescribePolicyCommand({ PolicyId: id }))).Policy;
  } catch (error) {
    if (failedWith(error, "PolicyNotFoundException", "AWSOrganizationsNotInUseException")) return undefined;
    throw error;
  }
}
