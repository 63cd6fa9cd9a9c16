import type { AccountId, PolicyJson } from "#iam";
import type { PlannedAssignment } from "./assignment-review.ts";
import {
  type Configuration,
  configurationNamespace,
  type PermissionSetConfiguration,
} from "../configuration/configuration.ts";
import type { Organization } from "../facts/organization-facts.ts";
import { reviewPolicy } from "./policy-review.ts";
import { allAccepted, problemsOf, refused, type Reviewed } from "../review.ts";

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
 * Shapes the permission sets. The management account's set always has a name of its own, so that none is ever moved from
 * there to the delegated administrator's account: one that has been provisioned in the management account can be managed
 * from nowhere else, which would shut a delegated administrator of Identity Center out (docs/aws-behaviour.md, section 4).
 * Without a delegate the management account's set is the only one.
 *
 * @param delegate the account that opens root sessions beside the management account, if there is to be one
 */
export function reviewPermissionSets(
  { permissionSets }: Configuration,
  delegate: Reviewed<AccountId | undefined>,
  assignments: readonly PlannedAssignment[],
  organization: Organization | undefined,
): Reviewed<readonly PlannedPermissionSet[]> {
  const hasDelegate = "problems" in delegate || delegate.accepted !== undefined;
  const reviews = permissionSets.map((set, index) => {
    const key = `${configurationNamespace}:permissionSets[${index}]`;
    const its = assignments.filter(({ permissionSet }) => permissionSet === set.name);
    return reviewPermissionSet(key, set, hasDelegate, its, organization);
  });
  const planned = allAccepted(reviews);
  const problems = [...problemsOf(planned), ...nameProblems(permissionSets, reviews)];
  if ("problems" in planned || problems.length > 0) return refused(...problems);
  return { accepted: planned.accepted.flat() };
}

function reviewPermissionSet(
  key: string,
  set: PermissionSetConfiguration,
  hasDelegate: boolean,
  assignments: readonly PlannedAssignment[],
  organization: Organization | undefined,
): Reviewed<readonly PlannedPermissionSet[]> {
  const policy = reviewPolicy(key, set, organization);
  if ("problems" in policy) return policy;
  const description = set.description ?? describe(set);
  const { inManagement = [], inDelegate = [] } = Object.groupBy(assignments, ({ accountId }) =>
    accountId === organization?.managementAccountId ? "inManagement" : "inDelegate",
  );
  const common = { description, policy: policy.accepted };
  const forDelegate = { name: set.name, ...common, assignments: inDelegate };
  const forManagement = { name: `${set.name}${managementSuffix}`, ...common, assignments: inManagement };
  if (!hasDelegate) return { accepted: [forManagement] };
  return { accepted: inManagement.length > 0 ? [forDelegate, forManagement] : [forDelegate] };
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
    const name = configured[index]?.name ?? "";
    const planned = "accepted" in review ? review.accepted.map((set) => set.name) : [];
    const names = new Set([name, ...planned]);
    const repeated = [...names].find((one) => taken.has(one));
    for (const one of names) taken.add(one);
    return [
      ...(name.endsWith(managementSuffix) ? [`${key}: ${reserved(name)}`] : []),
      ...(repeated === undefined
        ? []
        : [`${key}: there is a permission set ${repeated} already; names have to differ.`]),
      ...planned.filter(({ length }) => length > longestName).map((one) => `${key}: ${tooLong(one)}`),
    ];
  });
}

/** With it the delegate's set could get the name that the management account's has had. */
function reserved(name: string): string {
  return `${name} ends in ${managementSuffix}, as only the management account's permission sets do; choose another name.`;
}

function tooLong(name: string): string {
  return `the management account needs a permission set of its own, ${name}, whose name is longer than ${longestName} characters; choose a name of at most ${longestName - managementSuffix.length}.`;
}
