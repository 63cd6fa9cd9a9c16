import type { InvokeOptions } from "@pulumi/pulumi";
import { breakGlassRoleSettings } from "../break-glass-role-settings.ts";
import { configurationNamespace } from "../configuration/configuration.ts";
import {
  existingRole,
  type ExistingRole,
  findRole,
  findRolePermissions,
  type FoundRole,
  isOwnRole,
  roleDifferences,
} from "../existing-role.ts";
import { observe, type Observed } from "../facts/observed.ts";
import { knownState, type OwnResources } from "../facts/own-resources.ts";
import { refused, type Reviewed } from "../review.ts";
import type { PlannedRole } from "../plan/role-review.ts";

/**
 * Looks for a role of the planned name, because IAM refuses a second one: one with the same settings is taken over, one
 * with others is somebody's and left alone. A role in the stack's state is not looked up.
 *
 * @param options with the provider of the account in which the role is to be made
 * @returns the role to take over, if there is one
 */
export async function adoptRole(
  planned: PlannedRole,
  own: OwnResources | undefined,
  options: InvokeOptions,
): Promise<Observed<Reviewed<ExistingRole | undefined>>> {
  if (own === undefined) return { needs: knownState };
  if (isOwnRole(own, planned.accountId, planned.name)) return { known: { accepted: undefined } };
  const found = await observe(findRole(planned.name, options), findRolePermissions);
  if ("needs" in found) return found;
  return { known: found.known === undefined ? { accepted: undefined } : reviewFound(planned, found.known) };
}

function reviewFound(planned: PlannedRole, found: FoundRole): Reviewed<ExistingRole> {
  const { name, path, policy } = planned;
  const wanted = { ...breakGlassRoleSettings(planned), name, path, policyName: name, policy };
  const differences = roleDifferences(wanted, found);
  if (differences.length === 0) return { accepted: existingRole(wanted, found) };
  return refused(
    `${configurationNamespace}:breakGlassRole: account ${planned.accountId} has a role ${name} that this stack does not manage, with ${differences.join(", ")}. ` +
      "It is left alone: choose another breakGlassRole.name, or give it the settings configured here and it is taken over.",
  );
}
