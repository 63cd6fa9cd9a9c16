import { isDeepStrictEqual } from "node:util";
import type { AccessPlan } from "../plan/access-plan.ts";
import { configurationNamespace } from "../configuration/configuration.ts";
import type { ExistingAccess, PermissionSetSettings } from "./existing-access.ts";
import type { PlannedPermissionSet } from "../plan/permission-set-review.ts";
import { allAccepted, refused, type Reviewed } from "../review.ts";

/**
 * Decides what becomes of what is there already (docs/adoption.md): the same settings are taken over; other settings are
 * somebody's, are left alone, and as the name is taken the plan is refused.
 */
export function adoptExisting(plan: AccessPlan, existing: ExistingAccess): Reviewed<AccessPlan> {
  const sets = allAccepted(plan.permissionSets.map((set) => adoptPermissionSet(set, existing)));
  return "problems" in sets ? sets : { accepted: { ...plan, permissionSets: sets.accepted } };
}

function adoptPermissionSet(
  planned: PlannedPermissionSet,
  { permissionSets, assignments }: ExistingAccess,
): Reviewed<PlannedPermissionSet> {
  const found = permissionSets.get(planned.name);
  const differences = found === undefined ? [] : differencesOf(planned, found.settings);
  if (differences.length > 0) return refused(nameTaken(planned.name, differences));
  const adopted = planned.assignments.map((assignment) => ({
    ...assignment,
    existingId: assignments.get(assignment),
  }));
  return { accepted: { ...planned, assignments: adopted, existingId: found?.id } };
}

function nameTaken(name: string, differences: readonly string[]): string {
  return (
    `${configurationNamespace}:permissionSets: IAM Identity Center has a permission set ${name} that this stack does not manage, ` +
    `with ${differences.join(", ")}. It is left alone: choose another name, or give it the settings configured here and it is taken over.`
  );
}

/** What of a permission set is not as this stack would make it, in words. */
function differencesOf({ description, policy }: PlannedPermissionSet, found: PermissionSetSettings): readonly string[] {
  const comparisons: readonly (readonly [boolean, string])[] = [
    [found.Description === description, `another description (${found.Description})`],
    [isDeepStrictEqual(found.InlinePolicy, policy), found.InlinePolicy ? "another inline policy" : "no inline policy"],
    [found.SessionDuration === "PT1H", `another session duration (${found.SessionDuration})`],
    [found.RelayStateType === "", "a relay state"],
    [found.ManagedPolicies.length === 0, `managed policies (${found.ManagedPolicies.join(", ")})`],
    [found.CustomerManagedPolicyReferences.length === 0, "customer managed policies"],
    [found.PermissionsBoundary === undefined, "a permissions boundary"],
    [found.Tags.length === 0, `tags (${found.Tags.map(({ Key }) => Key).join(", ")})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}
