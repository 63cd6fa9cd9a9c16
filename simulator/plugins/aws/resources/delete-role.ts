import {
  DeleteRoleCommand,
  type IAMClient,
  ListInstanceProfilesForRoleCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { failedWith } from "../../session/aws-call-failed.ts";
import { retryWhile, waits } from "../waiting.ts";
import {
  attachedPolicyArns,
  deleteInlinePolicies,
  detachPolicies,
  inlinePolicyNames,
  isGone,
} from "./role-policies.ts";

/** Deletes a role, and before it of its policies those that are asked for; a role that is gone already is no error. */
export async function deleteRole(
  iam: IAMClient,
  signal: AbortSignal,
  name: string,
  first: { readonly inline: boolean; readonly attached: boolean },
): Promise<void> {
  try {
    await leaveInstanceProfiles(iam, name);
    if (first.attached) await detachPolicies(iam, name, await attachedPolicyArns(iam, name));
    if (first.inline) await deleteInlinePolicies(iam, name, await inlinePolicyNames(iam, name));
    await retryWhile(isInUse, waits.iamPropagation, signal, () => iam.send(new DeleteRoleCommand({ RoleName: name })));
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isInUse(error: unknown): boolean {
  return failedWith(error, "DeleteConflict", "DeleteConflictException");
}

async function leaveInstanceProfiles(iam: IAMClient, name: string): Promise<void> {
  const { InstanceProfiles = [] } = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: name }));
  for (const { InstanceProfileName } of InstanceProfiles) {
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ RoleName: name, InstanceProfileName }));
  }
}
