import type { AccountId } from "#iam";
import { describeAccount, reviewAccount } from "./account-review.ts";
import { reviewAssignments } from "./assignment-review.ts";
import { type Configuration, configurationNamespace } from "../configuration/configuration.ts";
import type { IdentityCenter } from "../facts/identity-center-facts.ts";
import type { Organization, OrganizationFacts } from "../facts/organization-facts.ts";
import { isOwnDelegate, type OwnResources } from "../facts/own-resources.ts";
import { type PlannedPermissionSet, reviewPermissionSets } from "./permission-set-review.ts";
import { planSafeguards, type SafeguardsPlan } from "./safeguards-plan.ts";
import { acceptedOr, problemsOf, refused, type Reviewed } from "../review.ts";

/** What the components are to make: a configuration whose every name has been found in the organization. */
export interface AccessPlan {
  readonly organizationId: string;
  readonly delegatedAdministrator: AccountId | undefined;
  /** Whether AWS has that account as the delegate already, by this stack or by somebody else. */
  readonly delegateIsRegistered: boolean;
  /** Accounts that this stack made the delegate and that are it no more: `pulumi up` deregisters them. Described for people. */
  readonly formerDelegates: readonly string[];
  /** Accounts that may open root sessions and that this stack does not manage, described for people. */
  readonly otherDelegates: readonly string[];
  readonly removeOnDestroy: boolean;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly permissionSets: readonly PlannedPermissionSet[];
  readonly safeguards: SafeguardsPlan;
}

/**
 * Compares a configuration with the organization, before any resource is registered.
 *
 * @param own what the stack's state holds, as far as the engine can tell
 * @returns the plan, or for every problem one sentence that begins with the configuration key to correct
 * @see docs/aws-behaviour.md, sections 1, 3 and 4, for who can assume root and what can be registered
 */
export function planAccess(
  configuration: Configuration,
  facts: OrganizationFacts,
  own: OwnResources = [],
): Reviewed<AccessPlan> {
  const organization = reviewOrganization(facts);
  const identityCenter = reviewIdentityCenter(facts);
  const delegate = reviewDelegate(configuration, facts);
  const assignments = reviewAssignments(configuration, delegate, facts);
  const permissionSets = reviewPermissionSets(configuration, delegate, acceptedOr([], assignments), facts.organization);
  const safeguards = planSafeguards(
    configurationNamespace,
    configuration,
    acceptedOr(undefined, delegate),
    acceptedOr([], permissionSets),
    facts,
  );
  if (
    "problems" in organization ||
    "problems" in identityCenter ||
    "problems" in delegate ||
    "problems" in assignments ||
    "problems" in permissionSets ||
    "problems" in safeguards
  ) {
    return refused(...problemsOf(organization, identityCenter, delegate, permissionSets, assignments, safeguards));
  }
  const undelegated = organization.accepted.delegates.filter((id) => id !== delegate.accepted);
  const { former = [], others = [] } = Object.groupBy(undelegated, (id) =>
    isOwnDelegate(own, id) ? "former" : "others",
  );
  const described = (ids: readonly string[]): readonly string[] =>
    ids.map((id) => describeAccount(id, organization.accepted));
  return {
    accepted: {
      organizationId: organization.accepted.id,
      delegatedAdministrator: delegate.accepted,
      delegateIsRegistered: organization.accepted.delegates.some((id) => id === delegate.accepted),
      formerDelegates: described(former),
      otherDelegates: described(others),
      removeOnDestroy: configuration.removeOnDestroy,
      instanceArn: identityCenter.accepted.instanceArn,
      identityStoreId: identityCenter.accepted.identityStoreId,
      permissionSets: permissionSets.accepted,
      safeguards: safeguards.accepted,
    },
  };
}

function reviewOrganization({ caller, nativeAccountId, organization }: OrganizationFacts): Reviewed<Organization> {
  if (organization === undefined) {
    return refused(
      `aws:profile: account ${caller.accountId} belongs to no organization; use credentials of an organization's management account.`,
    );
  }
  const { id, managementAccountId, featureSet } = organization;
  if (caller.accountId !== managementAccountId) {
    return refused(
      `aws:profile: ${caller.arn} is in account ${caller.accountId}, but organization ${id} can be configured only from its management account ${managementAccountId}.`,
    );
  }
  if (nativeAccountId !== caller.accountId) {
    return refused(
      `aws-native:profile: aws-native has credentials of account ${nativeAccountId}, but aws those of ${caller.accountId}; permission sets and their assignments would be made apart from the rest, so give both the same credentials.`,
    );
  }
  if (featureSet !== "ALL") {
    return refused(
      `aws:profile: organization ${id} has the feature set ${featureSet}, but centralized root access needs ALL; first: aws organizations enable-all-features (organizations:EnableAllFeatures), which every invited account has to accept.`,
    );
  }
  return { accepted: organization };
}

function reviewIdentityCenter({ identityCenter }: OrganizationFacts): Reviewed<IdentityCenter> {
  if (identityCenter === "unasked") return refused();
  if ("absentFrom" in identityCenter) {
    const { absentFrom, foundIn } = identityCenter;
    const where = foundIn.length > 0 ? foundIn.join(" or ") : "the Region where it is enabled";
    return refused(
      `aws:region: there is no IAM Identity Center instance in Region ${absentFrom}; set aws:region and aws-native:region to ${where}.`,
    );
  }
  return { accepted: identityCenter };
}

function reviewDelegate(
  { delegatedAdministrator }: Configuration,
  { organization }: OrganizationFacts,
): Reviewed<AccountId | undefined> {
  if (delegatedAdministrator === undefined) return { accepted: undefined };
  const key = `${configurationNamespace}:delegatedAdministrator`;
  const account = reviewAccount(key, delegatedAdministrator, organization);
  if ("problems" in account || account.accepted !== organization?.managementAccountId) return account;
  return refused(
    `${key}: ${account.accepted} is the management account, which cannot be its own delegated administrator; name a member account or leave the key out.`,
  );
}
