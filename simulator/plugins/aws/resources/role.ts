import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { tagPairs } from "../tags.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";
import { deleteRole } from "./delete-role.ts";
import { findRole, readRole } from "./read-role.ts";
import { roleInputs, type RoleInputs } from "./role-inputs.ts";
import * as policies from "./role-policies.ts";
import { updateRole } from "./update-role.ts";

/**
 * An IAM role. The trap: its inline and attached policies are read whoever made them, so those of other resources appear in
 * the state after a refresh, and a role that is deleted takes with it what the state lists.
 */
export const role = resourceType({
  token: "aws:iam/role:Role",
  inputs: roleInputs,
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

  update: updateRole,

  delete: (name, state, { clients: { iam }, signal }) =>
    describing(`deleting IAM Role (${name})`, () =>
      deleteRole(iam, signal, name, {
        inline: state.forceDetachPolicies === true || (state.inlinePolicies ?? []).length > 0,
        attached: state.forceDetachPolicies === true || (state.managedPolicyArns ?? []).length > 0,
      }),
    ),
});

async function createRole(asked: RoleInputs, { clients, signal }: Place): Promise<string> {
  const command = new CreateRoleCommand({
    RoleName: asked.name,
    AssumeRolePolicyDocument: asked.assumeRolePolicy,
    Path: asked.path,
    MaxSessionDuration: asked.maxSessionDuration,
    ...(asked.description ? { Description: asked.description } : {}),
    ...(asked.tags ? { Tags: tagPairs(asked.tags) } : {}),
  });
  const isPassing = (error: unknown): boolean =>
    policies.isUnknownPrincipal(error) ||
    failedWith(error, "ConcurrentModification", "ConcurrentModificationException");
  const created = await retryWhile(isPassing, waits.iamPropagation, signal, () => clients.iam.send(command));
  return created.Role?.RoleName ?? "";
}

/** Where an inline policy cannot be put, upstream takes the role away again. */
async function addPolicies(name: string, asked: RoleInputs, { clients: { iam }, signal }: Place): Promise<void> {
  try {
    await policies.putInlinePolicies(iam, name, asked.inlinePolicies ?? []);
  } catch (error) {
    await deleteRole(iam, signal, name, { inline: true, attached: false });
    throw error;
  }
  await policies.attachPolicies(iam, name, asked.managedPolicyArns ?? []);
}
