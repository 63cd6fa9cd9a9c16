import type { AccountId, PolicyJson } from "#iam";
import type { PlannedAssignment } from "./assignment-review.ts";
import { type Configuration, configurationNamespace, type PermissionSetConfiguration } from "./configuration.ts";
import type { Organization } from "./organization-facts.ts";
import { reviewPolicy } from "./policy-review.ts";
import { allAccepted, problemsOf, refused, type Reviewed } from "./review.ts";

/** One permission set to make, with those who are to hold it. */
export interface PlannedPermissionSet {
  readonly name: string;
  readonly description: string;
  readonly policy: PolicyJson;
  readonly assignments: readonly PlannedAssignment[];
  /** Its id at Cloud Control where it is there already as it is planned, and is to be taken over. */
  readonly existingId?: string | undefined;
}

/** How the management account's own copy of a permission set is called. */
const managementSuffix = "-management";
const longestName = 32;

/**
 * Shapes the permission sets. A set that is assigned to both the delegated administrator's and the management account
 * becomes two: one that has ever been provisioned in the management account can be managed from nowhere else, which
 * would shut a delegated administrator of Identity Center out (docs/aws-behaviour.md, section 4).
 *
 * @param delegate the account that opens root sessions beside the management account, if there is one
 */
export function reviewPermissionSets(
  { permissionSets }: Configuration,
  delegate: AccountId | undefined,
  assignments: readonly PlannedAssignment[],
  organization: Organization | undefined,
): Reviewed<readonly PlannedPermissionSet[]> {
  const reviews = permissionSets.map((set, index) => {
    const key = `${configurationNamespace}:permissionSets[${index}]`;
    const its = assignments.filter(({ permissionSet }) => permissionSet === set.name);
    return reviewPermissionSet(key, set, delegate, its, organization);
  });
  const planned = allAccepted(reviews);
  const problems = [...problemsOf(planned), ...nameProblems(permissionSets, reviews)];
  if ("problems" in planned || problems.length > 0) return refused(...problems);
  return { accepted: planned.accepted.flat() };
}

function reviewPermissionSet(
  key: string,
  set: PermissionSetConfiguration,
  delegate: AccountId | undefined,
  assignments: readonly PlannedAssignment[],
  organization: Organization | undefined,
): Reviewed<readonly PlannedPermissionSet[]> {
  const policy = reviewPolicy(key, set, organization);
  if ("problems" in policy) return policy;
  const description = set.description ?? describe(set);
  const { inManagement = [], elsewhere = [] } = Object.groupBy(assignments, ({ accountId }) =>
    delegate !== undefined && accountId === organization?.managementAccountId ? "inManagement" : "elsewhere",
  );
  const forManagement = { name: `${set.name}${managementSuffix}`, description, assignments: inManagement };
  return {
    accepted: [
      { name: set.name, description, policy: policy.accepted, assignments: elsewhere },
      ...(inManagement.length > 0 ? [{ ...forManagement, policy: policy.accepted }] : []),
    ],
  };
}

function describe({ tasks }: PermissionSetConfiguration): string {
  return tasks === undefined
    ? "Break Glass - sts:AssumeRoot for emergency privileged access"
    : `Break Glass - sts:AssumeRoot for ${tasks.join(", ")}`;
}

function nameProblems(
  configured: readonly PermissionSetConfiguration[],
  reviews: readonly Reviewed<readonly PlannedPermissionSet[]>[],
): readonly string[] {
  const taken = new Set<string>();
  return reviews.flatMap((review, index) => {
    const key = `${configurationNamespace}:permissionSets[${index}].name`;
    const names = "accepted" in review ? review.accepted.map(({ name }) => name) : [configured[index]?.name ?? ""];
    return names.flatMap((name) => {
      if (taken.has(name)) return [`${key}: there is a permission set ${name} already; names have to differ.`];
      taken.add(name);
      return name.length > longestName ? [`${key}: ${tooLong(name)}`] : [];
    });
  });
}

function tooLong(name: string): string {
  return `the management account needs a permission set of its own, ${name}, whose name is longer than ${longestName} characters; choose a name of at most ${longestName - managementSuffix.length}.`;
}
