import {
  type IAMClient,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import { describing } from "../describing.ts";
import type { Change, Place } from "../resource-type.ts";
import { changeTags, tagPairs } from "../tags.ts";
import { retryWhile, waits } from "../waiting.ts";
import type { RoleInputs } from "./role-inputs.ts";
import * as policies from "./role-policies.ts";

/** Upstream's order: tags, settings, policies. */
export async function updateRole(
  name: string,
  { old, new: asked, changed }: Change<Partial<RoleInputs>, RoleInputs>,
  place: Place,
): Promise<void> {
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
}

async function updateSettings(
  name: string,
  asked: RoleInputs,
  changed: ReadonlySet<string>,
  { clients: { iam }, signal }: Place,
): Promise<void> {
  if (changed.has("assumeRolePolicy")) {
    const command = new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: asked.assumeRolePolicy });
    await describing(`updating IAM Role (${name}) assume role policy`, () =>
      retryWhile(policies.isUnknownPrincipal, waits.iamPropagation, signal, () => iam.send(command)),
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
  old: Partial<RoleInputs>,
  asked: RoleInputs,
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
