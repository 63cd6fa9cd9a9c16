import type { AccountId } from "#iam";
import { describeAccount } from "../plan/account-review.ts";
import type { OrganizationFacts } from "../facts/organization-facts.ts";
import { isOwn, isOwnDelegate, type OwnResources } from "../facts/own-resources.ts";
import type { Check } from "./preflight.ts";

/**
 * What this stack's state has and somebody has switched off at AWS since: `pulumi up` compares with the state, so by itself
 * it would change nothing. Only what is missing is said. The features cannot be seen, as the provider has no function for them.
 *
 * @param own `undefined` where the engine cannot tell
 * @param delegate the configured one
 */
export function checkState(
  own: OwnResources | undefined,
  facts: OrganizationFacts,
  delegate: AccountId | undefined,
): readonly Check[] {
  return own === undefined ? [] : [...checkTrustedAccess(own, facts), ...checkDelegate(own, facts, delegate)];
}

function checkTrustedAccess(own: OwnResources, { organization }: OrganizationFacts): readonly Check[] {
  const servicePrincipal = "iam.amazonaws.com";
  const isOn = organization?.trustedServices?.includes(servicePrincipal) ?? true;
  if (isOn || !isOwn(own, "aws:organizations/awsServiceAccess:AwsServiceAccess", { servicePrincipal })) return [];
  return [
    {
      subject: "trusted access",
      missing:
        "in this stack's state, but switched off at AWS: no root session opens, and the features can be neither refreshed nor " +
        `disabled. First: aws organizations enable-aws-service-access --service-principal ${servicePrincipal} ` +
        "(organizations:EnableAWSServiceAccess), then pulumi up --refresh.",
    },
  ];
}

function checkDelegate(
  own: OwnResources,
  { organization, lacks }: OrganizationFacts,
  accountId: AccountId | undefined,
): readonly Check[] {
  if (accountId === undefined || organization === undefined || lacks.delegates !== undefined) return [];
  if (organization.delegates.includes(accountId) || !isOwnDelegate(own, accountId)) return [];
  return [
    {
      subject: "delegated administrator",
      missing:
        `${describeAccount(accountId, organization)} is in this stack's state, but registered at AWS no more: nobody there opens a root ` +
        "session. To register it again: pulumi up --refresh (organizations:RegisterDelegatedAdministrator).",
    },
  ];
}
