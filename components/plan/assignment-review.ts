import { type AccountId, parseAccountId } from "#iam";
import { describeAccount, reviewAccount } from "./account-review.ts";
import {
  type AssignmentConfiguration,
  type Configuration,
  configurationNamespace,
} from "../configuration/configuration.ts";
import type { Principal, PrincipalType } from "../facts/principal-facts.ts";
import type { Organization, OrganizationFacts } from "../facts/organization-facts.ts";
import { allAccepted, problemsOf, refused, type Reviewed } from "../review.ts";

/** One user or group that gets the permission set in one account. */
export interface PlannedAssignment {
  /** Name of the configured permission set. */
  readonly permissionSet: string;
  readonly accountId: AccountId;
  readonly principal: Principal;
  /** The configuration key that asks for it. */
  readonly configuredAt: string;
  /** Its id at Cloud Control where it exists already, and is to be taken over. */
  readonly existingId?: string | undefined;
}

/** Finds each configured account and each configured user or group, and refuses what cannot be assigned. */
export function reviewAssignments(
  { assignments, permissionSets }: Configuration,
  delegate: Reviewed<AccountId | undefined>,
  facts: OrganizationFacts,
): Reviewed<readonly PlannedAssignment[]> {
  const known = permissionSets.map(({ name }) => name);
  const reviews = assignments.map((assignment, index) =>
    reviewAssignment(`${configurationNamespace}:assignments[${index}]`, assignment, known, delegate, facts),
  );
  const planned = reviews.flatMap((review) => ("accepted" in review ? review.accepted : []));
  const problems = [...problemsOf(...reviews), ...repetitions(planned)];
  return reviews.some((review) => "problems" in review) || problems.length > 0
    ? refused(...problems)
    : { accepted: planned };
}

function reviewAssignment(
  key: string,
  { permissionSet, account, users, groups }: AssignmentConfiguration,
  permissionSets: readonly string[],
  delegate: Reviewed<AccountId | undefined>,
  { organization, identityCenter }: OrganizationFacts,
): Reviewed<readonly PlannedAssignment[]> {
  const set = reviewPermissionSetName(`${key}.permissionSet`, permissionSet, permissionSets);
  const accountId =
    account === undefined
      ? defaultAccount(delegate, organization)
      : reviewAssignableAccount(`${key}.account`, account, delegate, organization);
  const principals = allAccepted([
    ...groups.map((group, index) => reviewPrincipal(`${key}.groups[${index}]`, "GROUP", group, identityCenter)),
    ...users.map((user, index) => reviewPrincipal(`${key}.users[${index}]`, "USER", user, identityCenter)),
  ]);
  if ("problems" in set || "problems" in accountId || "problems" in principals) {
    return refused(...problemsOf(set, accountId, principals));
  }
  const common = { permissionSet: set.accepted, accountId: accountId.accepted };
  return { accepted: principals.accepted.map((found) => ({ ...common, ...found })) };
}

/** With several permission sets a choice left open could give somebody more than was meant. */
function reviewPermissionSetName(key: string, name: string | undefined, known: readonly string[]): Reviewed<string> {
  const [only, ...others] = known;
  if (name === undefined && only !== undefined && others.length === 0) return { accepted: only };
  if (name !== undefined && known.includes(name)) return { accepted: name };
  const choice = `choose one of ${known.join(", ")}`;
  return refused(
    name === undefined
      ? `${key}: is not set, and there is more than one permission set; ${choice}.`
      : `${key}: there is no permission set ${name}; ${choice}, or add it to ${configurationNamespace}:permissionSets.`,
  );
}

/** An unfit delegate has been reported under its own key. */
function defaultAccount(
  delegate: Reviewed<AccountId | undefined>,
  organization: Organization | undefined,
): Reviewed<AccountId> {
  if ("problems" in delegate) return refused();
  const accountId = delegate.accepted ?? parseAccountId(organization?.managementAccountId ?? "");
  return accountId === undefined ? refused() : { accepted: accountId };
}

function reviewAssignableAccount(
  key: string,
  text: string,
  delegate: Reviewed<AccountId | undefined>,
  organization: Organization | undefined,
): Reviewed<AccountId> {
  const account = reviewAccount(key, text, organization);
  if ("problems" in account || organization === undefined) return account;
  const delegatedAdministrator = "accepted" in delegate ? delegate.accepted : undefined;
  if (account.accepted === organization.managementAccountId || account.accepted === delegatedAdministrator) {
    return account;
  }
  const alternative =
    delegatedAdministrator === undefined
      ? `set ${configurationNamespace}:delegatedAdministrator to a member account and assign there`
      : `to the delegated administrator ${delegatedAdministrator}`;
  return refused(
    `${key}: account ${describeAccount(account.accepted, organization)} cannot assume root; assign to the management account ${organization.managementAccountId}, or ${alternative}.`,
  );
}

function reviewPrincipal(
  configuredAt: string,
  type: PrincipalType,
  reference: string,
  identityCenter: OrganizationFacts["identityCenter"],
): Reviewed<Omit<PlannedAssignment, "permissionSet" | "accountId">> {
  if (identityCenter === "unasked" || "absentFrom" in identityCenter) return refused();
  const principal = identityCenter.principals.find((found) => found.type === type && found.reference === reference);
  if (principal !== undefined) return { accepted: { principal, configuredAt } };
  return refused(
    `${configuredAt}: IAM Identity Center has no ${type.toLowerCase()} ${reference} in identity store ${identityCenter.identityStoreId}; check the spelling, or give the id.`,
  );
}

/** Two assignments of the same principal are one at AWS: removing either would take both away. */
function repetitions(assignments: readonly PlannedAssignment[]): string[] {
  return assignments.flatMap(({ permissionSet, accountId, principal, configuredAt }, index) => {
    const earlier = assignments
      .slice(0, index)
      .filter((other) => other.permissionSet === permissionSet && other.accountId === accountId)
      .find((other) => other.principal.id === principal.id);
    if (earlier === undefined) return [];
    return [
      `${configuredAt}: ${principal.type.toLowerCase()} ${principal.name} is assigned to account ${accountId} already by ${earlier.configuredAt}; name it once.`,
    ];
  });
}
