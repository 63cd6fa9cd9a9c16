import {
  CreateRoleCommand,
  GetRoleCommand,
  type IAMClient,
  type Role,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { normalizedPolicy } from "../policy-equivalence.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { changeTags, tagPairs, tagPropertiesOf } from "../tags.ts";
import { timestamp } from "../timestamp.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";
import { deleteRole } from "./delete-role.ts";
import * as policies from "./role-policies.ts";

const inlinePolicy = z.strictObject({ name: z.string(), policy: input.policy.transform(normalizedPolicy) });

const inputs = z.object({
  assumeRolePolicy: input.policy,
  description: z.string().max(1000).optional(),
  forceDetachPolicies: z.boolean().default(false),
  inlinePolicies: z.array(inlinePolicy).optional(),
  managedPolicyArns: z.array(z.string()).optional(),
  maxSessionDuration: z.int().min(3600).max(43_200).default(3600),
  name: z.string().optional(),
  path: z.string().default("/"),
  tags: input.tags,
});
type Inputs = z.output<typeof inputs>;

/**
 * An IAM role. The trap: its inline and attached policies are read whoever made them, so those of other resources appear in
 * the state after a refresh, and a role that is deleted takes with it what the state lists.
 */
export const role = resourceType({
  token: "aws:iam/role:Role",
  inputs,
  replacedOn: ["name", "path"],
  computedInputs: ["inlinePolicies", "managedPolicyArns"],
  localInputs: ["forceDetachPolicies"],
  outputs: ["arn", "createDate", "uniqueId"],
  policies: ["assumeRolePolicy"],
  sets: ["managedPolicyArns"],
  autoName: { property: "name", maximumLength: 64 },
  taggable: true,

  create: (asked, place) =>
    describing(`creating IAM Role (${asked.name ?? ""})`, async () => {
      const name = await createRole(asked, place);
      await addPolicies(name, asked, place);
      return { id: name };
    }),

  settle: async (name, _inputs, { clients: { iam }, signal }) => {
    await describing(`reading IAM Role (${name})`, () =>
      waitUntil(`IAM Role (${name}) to appear`, waits.iamPropagation, signal, () => findRole(iam, name)),
    );
  },

  read: (name, _state, { clients: { iam } }) => describing(`reading IAM Role (${name})`, () => readRole(iam, name)),

  update: async (name, { old, new: asked, changed }, place) => {
    const { iam } = place.clients;
    if (changed.has("tags")) {
      await changeTags(
        `IAM Role (${name})`,
        { old: old.tags, asked: asked.tags },
        {
          remove: (TagKeys) => iam.send(new UntagRoleCommand({ RoleName: name, TagKeys })),
          add: (tags) => iam.send(new TagRoleCommand({ RoleName: name, Tags: tagPairs(tags) })),
        },
      );
    }
    await updateSettings(name, asked, changed, place);
    await updatePolicies(iam, name, old, asked, changed);
  },

  delete: (name, state, { clients: { iam }, signal }) =>
    describing(`deleting IAM Role (${name})`, () =>
      deleteRole(iam, signal, name, {
        inline: state.forceDetachPolicies === true || (state.inlinePolicies ?? []).length > 0,
        attached: state.forceDetachPolicies === true || (state.managedPolicyArns ?? []).length > 0,
      }),
    ),
});

async function createRole(asked: Inputs, { clients, signal }: Place): Promise<string> {
  const command = new CreateRoleCommand({
    RoleName: asked.name,
    AssumeRolePolicyDocument: asked.assumeRolePolicy,
    Path: asked.path,
    MaxSessionDuration: asked.maxSessionDuration,
    ...(asked.description ? { Description: asked.description } : {}),
    ...(asked.tags ? { Tags: tagPairs(asked.tags) } : {}),
  });
  const isPassing = (error: unknown): boolean =>
    isUnknownPrincipal(error) || failedWith(error, "ConcurrentModification", "ConcurrentModificationException");
  const created = await retryWhile(isPassing, waits.iamPropagation, signal, () => clients.iam.send(command));
  return created.Role?.RoleName ?? "";
}

/** Where an inline policy cannot be put, upstream takes the role away again. */
async function addPolicies(name: string, asked: Inputs, { clients: { iam }, signal }: Place): Promise<void> {
  try {
    await policies.putInlinePolicies(iam, name, asked.inlinePolicies ?? []);
  } catch (error) {
    await deleteRole(iam, signal, name, { inline: true, attached: false });
    throw error;
  }
  await policies.attachPolicies(iam, name, asked.managedPolicyArns ?? []);
}

async function updateSettings(
  name: string,
  asked: Inputs,
  changed: ReadonlySet<string>,
  { clients: { iam }, signal }: Place,
): Promise<void> {
  if (changed.has("assumeRolePolicy")) {
    const command = new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: asked.assumeRolePolicy });
    await describing(`updating IAM Role (${name}) assume role policy`, () =>
      retryWhile(isUnknownPrincipal, waits.iamPropagation, signal, () => iam.send(command)),
    );
  }
  if (changed.has("description")) {
    const command = new UpdateRoleDescriptionCommand({ RoleName: name, Description: asked.description ?? "" });
    await describing(`updating IAM Role (${name}) description`, () => iam.send(command));
  }
  if (changed.has("maxSessionDuration")) {
    const command = new UpdateRoleCommand({ RoleName: name, MaxSessionDuration: asked.maxSessionDuration });
    await describing(`updating IAM Role (${name}) MaxSessionDuration`, () => iam.send(command));
  }
}

async function updatePolicies(
  iam: IAMClient,
  name: string,
  old: Partial<Inputs>,
  asked: Inputs,
  changed: ReadonlySet<string>,
): Promise<void> {
  if (changed.has("inlinePolicies")) {
    const [before, after] = [old.inlinePolicies ?? [], asked.inlinePolicies ?? []];
    const gone = before.filter((one) => !after.some((other) => isSame(one, other)));
    const added = after.filter((one) => !before.some((other) => isSame(one, other)));
    await policies.deleteInlinePolicies(
      iam,
      name,
      gone.map((one) => one.name),
    );
    await policies.putInlinePolicies(iam, name, added);
  }
  if (changed.has("managedPolicyArns")) {
    const [before, after] = [old.managedPolicyArns ?? [], asked.managedPolicyArns ?? []];
    const added = after.filter((arn) => !before.includes(arn));
    await policies.detachPolicies(
      iam,
      name,
      before.filter((arn) => !after.includes(arn)),
    );
    await policies.attachPolicies(iam, name, added);
  }
}

function isSame(one: policies.InlinePolicy, other: policies.InlinePolicy): boolean {
  return one.name === other.name && one.policy === other.policy;
}

/** AWS answers so while a principal that the policy names is not known everywhere yet. */
function isUnknownPrincipal(error: unknown): boolean {
  const isMalformed = failedWith(error, "MalformedPolicyDocument", "MalformedPolicyDocumentException");
  return isMalformed && error.message.includes("Invalid principal in policy");
}

async function findRole(iam: IAMClient, name: string): Promise<Role | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role;
  } catch (error) {
    if (policies.isGone(error)) return undefined;
    throw error;
  }
}

async function readRole(iam: IAMClient, name: string): Promise<PropertyBag | undefined> {
  const found = await findRole(iam, name);
  if (!found) return undefined;
  return {
    arn: found.Arn ?? "",
    assumeRolePolicy: policies.decodedDocument(found.AssumeRolePolicyDocument),
    createDate: timestamp(found.CreateDate),
    description: found.Description ?? "",
    inlinePolicies: (await policies.inlinePolicies(iam, name)).map((one) => ({ ...one })),
    managedPolicyArns: await policies.attachedPolicyArns(iam, name),
    maxSessionDuration: found.MaxSessionDuration ?? 0,
    name: found.RoleName ?? "",
    path: found.Path ?? "",
    uniqueId: found.RoleId ?? "",
    ...tagPropertiesOf(found.Tags),
  };
}
