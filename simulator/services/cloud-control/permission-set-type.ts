import { z } from "zod";
import { AwsFault } from "../../aws-fault.ts";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { handlerFailure } from "./handler-failure.ts";
import {
  inlinePolicyText,
  type PermissionSetModel,
  permissionSetSchema,
  refuseUnmodelledPolicies,
} from "./permission-set-model.ts";
import { readPermissionSet } from "./permission-set-read.ts";
import { HandlerFailure, type ResourceType } from "./resource-type.ts";
import { askSso, listSso, type PermissionSetKey, tellSso, writeStatusSchema } from "./sso-calls.ts";
import { progressOf } from "./stabilise.ts";

/** A permission set with its policies and tags (docs/aws-behaviour.md, sections 4 and 10). */
export const permissionSetType: ResourceType = {
  name: "AWS::SSO::PermissionSet",
  schema: permissionSetSchema,
  identifier: ["InstanceArn", "PermissionSetArn"],
  createOnly: ["InstanceArn", "Name"],
  readOnly: ["PermissionSetArn"],
  listRequires: ["InstanceArn", "PermissionSetArn"],
  refuseUnmodelled: refuseUnmodelledPolicies,

  create: async ({ key, desired, identified }, call) => {
    const model = permissionSetSchema.parse(desired);
    const known = keySchema.safeParse(key);
    const set = known.success ? known.data : await create(model, call);
    identified({ ...set });
    await bringPolicies(set, model, call);
    return "done";
  },

  update: async ({ key: properties, desired, context }, call) => {
    const key = keySchema.parse(properties);
    if (context.awaitedRequestId === undefined) {
      const model = permissionSetSchema.parse(desired);
      await tellSso(call, "UpdatePermissionSet", { ...key, ...settingsOf(model) });
      await bringPolicies(key, model, call);
      await bringTags(key, model, call);
      context.awaitedRequestId = await beginProvisioning(key, call);
      return "in progress";
    }
    const input = { InstanceArn: key.InstanceArn, ProvisionPermissionSetRequestId: context.awaitedRequestId };
    const answer = await askSso(call, "DescribePermissionSetProvisioningStatus", input, provisioning);
    return progressOf(answer.PermissionSetProvisioningStatus);
  },

  remove: async ({ key }, call) => {
    await tellSso(call, "DeletePermissionSet", { ...keySchema.parse(key) });
    return "done";
  },

  read: (key, call) => readPermissionSet(keySchema.parse(key), call),
};

const keySchema = z.object({ InstanceArn: z.string(), PermissionSetArn: z.string() });
const created = z.object({ PermissionSet: z.object({ PermissionSetArn: z.string() }) });
const provisioning = z.object({ PermissionSetProvisioningStatus: writeStatusSchema });

async function create(model: PermissionSetModel, call: Call): Promise<PermissionSetKey> {
  const { Name, InstanceArn, Tags } = model;
  try {
    const input = { Name, InstanceArn, ...settingsOf(model), ...(Tags ? { Tags } : {}) };
    const { PermissionSet } = await askSso(call, "CreatePermissionSet", input, created);
    return { InstanceArn, PermissionSetArn: PermissionSet.PermissionSetArn };
  } catch (error) {
    // The only conflict that a new permission set can be in is about its name.
    if (error instanceof AwsFault && error.code === "ConflictException") {
      throw new HandlerFailure("AlreadyExists", handlerFailure(error).message);
    }
    throw error;
  }
}

function settingsOf({ Description, SessionDuration, RelayStateType }: PermissionSetModel): ResourceProperties {
  return {
    ...(Description === undefined ? {} : { Description }),
    ...(SessionDuration === undefined ? {} : { SessionDuration }),
    ...(RelayStateType === undefined ? {} : { RelayState: RelayStateType }),
  };
}

async function bringPolicies(key: PermissionSetKey, model: PermissionSetModel, call: Call): Promise<void> {
  await bringInlinePolicy(key, inlinePolicyText(model), call);
  const policy = z.object({ Arn: z.string() });
  const listed = await listSso(
    call,
    "ListManagedPoliciesInPermissionSet",
    { ...key },
    "AttachedManagedPolicies",
    policy,
  );
  const attached = new Set(listed.map(({ Arn }) => Arn));
  const wanted = new Set(model.ManagedPolicies);
  for (const ManagedPolicyArn of [...wanted].filter((arn) => !attached.has(arn))) {
    await tellSso(call, "AttachManagedPolicyToPermissionSet", { ...key, ManagedPolicyArn });
  }
  for (const ManagedPolicyArn of [...attached].filter((arn) => !wanted.has(arn))) {
    await tellSso(call, "DetachManagedPolicyFromPermissionSet", { ...key, ManagedPolicyArn });
  }
}

async function bringInlinePolicy(key: PermissionSetKey, wanted: string, call: Call): Promise<void> {
  const inline = z.object({ InlinePolicy: z.string() });
  const { InlinePolicy: present } = await askSso(call, "GetInlinePolicyForPermissionSet", { ...key }, inline);
  if (wanted !== "" && wanted !== present) {
    await tellSso(call, "PutInlinePolicyToPermissionSet", { ...key, InlinePolicy: wanted });
  }
  if (wanted === "" && present !== "") await tellSso(call, "DeleteInlinePolicyFromPermissionSet", { ...key });
}

async function bringTags(key: PermissionSetKey, { Tags = [] }: PermissionSetModel, call: Call): Promise<void> {
  const resource = { InstanceArn: key.InstanceArn, ResourceArn: key.PermissionSetArn };
  const tag = z.object({ Key: z.string(), Value: z.string() });
  const present = new Map(
    (await listSso(call, "ListTagsForResource", resource, "Tags", tag)).map((t) => [t.Key, t.Value]),
  );
  const wanted = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
  const TagKeys = [...present.keys()].filter((name) => !wanted.has(name));
  const changed = Tags.filter(({ Key, Value }) => present.get(Key) !== Value);
  if (TagKeys.length > 0) await tellSso(call, "UntagResource", { ...resource, TagKeys });
  if (changed.length > 0) await tellSso(call, "TagResource", { ...resource, Tags: changed });
}

/** Accounts keep what they were given until the permission set is provisioned again. */
async function beginProvisioning(key: PermissionSetKey, call: Call): Promise<string> {
  const input = { ...key, TargetType: "ALL_PROVISIONED_ACCOUNTS" };
  const { PermissionSetProvisioningStatus: begun } = await askSso(call, "ProvisionPermissionSet", input, provisioning);
  return begun.RequestId;
}
