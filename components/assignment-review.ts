import { type AccountId, parseAccountId } from "#iam";
import { describeAccount, reviewAccount } from "./account-review.ts";
import { type AssignmentConfiguration, type Configuration, configurationNamespace } from "./configuration.ts";
import type { Organization, OrganizationFacts, Principal, PrincipalType } from "./organization-facts.ts";
import { allAccepted, problemsOf, refused, type Reviewed } from "./review.ts";

/** One user or group that gets the permission set in one account. */
export interface PlannedAssignment {
  readonly accountId: AccountId;
  readonly principal: Principal;
  /** The configuration key that asks for it. */
  readonly configuredAt: string;
}

/** Finds each configured account and each configured user or group, and refuses what cannot be assigned. */
export function reviewAssignments(
  { assignments }: Configuration,
  delegate: Reviewed<AccountId | undefined>,
  facts: OrganizationFacts,
): Reviewed<readonly PlannedAssignment[]> {
  const reviews = assignments.map((assignment, index) =>
    reviewAssignment(`${configurationNamespace}:assignments[${index}]`, assignment, delegate, facts),
  );
  const planned = reviews.flatMap((review) => ("accepted" in review ? review.accepted : []));
  const problems = [...problemsOf(...reviews), ...repetitions(planned)];
  return reviews.some((review) => "problems" in review) || problems.length > 0
    ? refused(...problems)
    : { accepted: planned };
}

function reviewAssignment(
  key: string,
  { account, users, groups }: AssignmentConfiguration,
  delegate: Reviewed<AccountId | undefined>,
  { organization, identityCenter }: OrganizationFacts,
): Reviewed<readonly PlannedAssignment[]> {
  const accountId =
    account === undefined
      ? defaultAccount(delegate, organization)
      : reviewAssignableAccount(`${key}.account`, account, delegate, organization);
  const principals = allAccepted([
    ...groups.map((group, index) => reviewPrincipal(`${key}.groups[${index}]`, "GROUP", group, identityCenter)),
    ...users.map((user, index) => reviewPrincipal(`${key}.users[${index}]`, "USER", user, identityCenter)),
  ]);
  if ("problems" in accountId || "problems" in principals) return refused(...problemsOf(accountId, principals));
  return { accepted: principals.accepted.map((found) => ({ accountId: accountId.accepted, ...found })) };
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
    `${key}: account ${describeAccount(text, organization)} cannot assume root; assign to the management account ${organization.managementAccountId}, or ${alternative}.`,
  );
}

function reviewPrincipal(
  configuredAt: string,
  type: PrincipalType,
  reference: string,
  identityCenter: OrganizationFacts["identityCenter"],
): Reviewed<Omit<PlannedAssignment, "accountId">> {
  if (identityCenter === "unasked" || "absentFrom" in identityCenter) return refused();
  const principal = identityCenter.principals.find((found) => found.type === type && found.reference === reference);
  if (principal !== undefined) return { accepted: { principal, configuredAt } };
  return refused(
    `${configuredAt}: IAM Identity Center has no ${type.toLowerCase()} ${reference} in identity store ${identityCenter.identityStoreId}; check the spelling, or give the id.`,
  );
}

/** Two assignments of the same principal are one at AWS: removing either would take both away. */
function repetitions(assignments: readonly PlannedAssignment[]): string[] {
  return assignments.flatMap(({ accountId, principal, configuredAt }, index) => {
    const earlier = assignments
      .slice(0, index)
      .find((other) => other.accountId === accountId && other.principal.id === principal.id);
    if (earlier === undefined) return [];
    return [
      `${configuredAt}: ${principal.type.toLowerCase()} ${principal.name} is assigned to account ${accountId} already by ${earlier.configuredAt}; name it once.`,
    ];
  });
}
