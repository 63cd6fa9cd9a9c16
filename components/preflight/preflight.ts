import type { GuardingPolicyType } from "../facts/attached-policies.ts";
import { describeAccount } from "../plan/account-review.ts";
import type { Observed } from "../facts/observed.ts";
import type { OrganizationFacts } from "../facts/organization-facts.ts";
import { howToEnable } from "../plan/policy-type.ts";
import type { Trail } from "../facts/trail-facts.ts";

/**
 * One thing that is looked at before anything is changed: it holds, something is missing (and how to get it, with the
 * permission), or it was not looked at for want of a permission or setting.
 */
export type Check = { readonly subject: string } & (
  { readonly holds: string } | { readonly missing: string } | { readonly needs: string }
);

/** A check as one line for people. */
export function checkLine(check: Check): string {
  if ("holds" in check) return `ok: ${check.subject}: ${check.holds}`;
  if ("missing" in check) return `missing: ${check.subject}: ${check.missing}`;
  return `not checked: ${check.subject}: needs ${check.needs}`;
}

/** What the facts about the organization say, in the order in which AWS demands them (docs/aws-behaviour.md, section 3). */
export function checkFacts(facts: OrganizationFacts): readonly Check[] {
  const { organization, identityCenter, lacks } = facts;
  return [
    checkCaller(facts),
    checkFeatureSet(facts),
    ...(organization !== undefined && organization.accounts.length === 0
      ? [{ subject: "member accounts", needs: lacks.accounts ?? lacks.organization ?? "organizations:ListAccounts" }]
      : []),
    ...(identityCenter === "unasked" ? [] : [checkIdentityCenter(identityCenter)]),
    ...(lacks.delegates === undefined ? [] : [{ subject: "delegated administrators", needs: lacks.delegates }]),
  ];
}

function checkCaller({ caller, organization, lacks }: OrganizationFacts): Check {
  const subject = "caller";
  if (lacks.organization !== undefined) return { subject, needs: lacks.organization };
  if (organization === undefined)
    return { subject, missing: `account ${caller.accountId} belongs to no organization.` };
  const { managementAccountId } = organization;
  if (caller.accountId === managementAccountId) {
    return {
      subject,
      holds: `${caller.arn} in the management account ${describeAccount(managementAccountId, organization)}`,
    };
  }
  return { subject, missing: `credentials of the management account ${managementAccountId} (setting aws:profile).` };
}

function checkFeatureSet({ organization, lacks }: OrganizationFacts): Check {
  const subject = "all features";
  if (lacks.organization !== undefined) return { subject, needs: lacks.organization };
  if (organization?.featureSet === "ALL") return { subject, holds: `enabled in organization ${organization.id}` };
  return {
    subject,
    missing:
      "only consolidated billing: aws organizations enable-all-features (organizations:EnableAllFeatures), which every invited account has to accept.",
  };
}

function checkIdentityCenter(identityCenter: Exclude<OrganizationFacts["identityCenter"], "unasked">): Check {
  const subject = "IAM Identity Center";
  if ("instanceArn" in identityCenter) return { subject, holds: identityCenter.instanceArn };
  const { absentFrom, foundIn } = identityCenter;
  return {
    subject,
    missing:
      foundIn.length > 0
        ? `not in ${absentFrom} but in ${foundIn.join(", ")} (settings aws:region and aws-native:region).`
        : `not found: enable it for the organization in the management account's console, in ${absentFrom} (sso:CreateInstance), or set aws:region and aws-native:region to its Region.`,
  };
}

/** @param observed whether the organization's root has the type enabled */
export function checkPolicyType(type: GuardingPolicyType, observed: Observed<PolicyTypesOfRoot>): Check {
  const subject = `policy type ${type}`;
  if ("needs" in observed) return { subject, needs: observed.needs };
  const { rootId, enabled } = observed.known;
  if (enabled.includes(type)) return { subject, holds: `enabled on ${rootId}` };
  return {
    subject,
    missing: `not enabled, so ${uses[type]}. ${howToEnable(type, rootId)}`,
  };
}

export interface PolicyTypesOfRoot {
  readonly rootId: string;
  readonly enabled: readonly string[];
}

const uses: Readonly<Record<GuardingPolicyType, string>> = {
  SERVICE_CONTROL_POLICY: "no guardrail can be attached, and none stands in a root session's way",
  RESOURCE_CONTROL_POLICY: "no resource control policy stands in a root session's way",
};

/**
 * Whether a trail lets EventBridge see that the glass is broken (docs/aws-behaviour.md, section 9).
 *
 * @param delegate the delegated administrator, described, where there is one: its own events count as well
 * @param name as configured; the provider cannot list trails, so without a name there is none to look at
 */
export function checkTrail(
  name: string | undefined,
  observed: Observed<Trail | undefined> | undefined,
  delegate?: string,
): Check {
  const subject = name === undefined ? "trail" : `trail ${name}`;
  if (name === undefined || observed === undefined) {
    return {
      subject,
      needs:
        "aws-break-glass:trail, the name of the trail that records management events; the provider cannot list trails",
    };
  }
  if ("needs" in observed) return { subject, needs: observed.needs };
  const faults = trailFaults(name, observed.known);
  const sentences = [
    ...(faults.length === 0 ? [] : [...faults, "Without it no alert is raised."]),
    ...delegateFaults(name, observed.known, delegate),
  ];
  return sentences.length === 0
    ? { subject, holds: "logs all management events of every Region" }
    : { subject, missing: sentences.join(" ") };
}

/** EventBridge sees an account's events only where a trail records that account. */
function delegateFaults(name: string, trail: Trail | undefined, delegate: string | undefined): readonly string[] {
  if (trail === undefined || delegate === undefined || trail.isOrganizationTrail) return [];
  return [
    `it is no organization trail, so no alert is raised in ${delegate} unless that account has a trail of its own for all management events of every Region: aws cloudtrail update-trail --name ${name} --is-organization-trail (cloudtrail:UpdateTrail, with trusted access for cloudtrail.amazonaws.com).`,
  ];
}

function trailFaults(name: string, trail: Trail | undefined): readonly string[] {
  if (trail === undefined) {
    return [
      `there is none of that name in this account and Region; correct the name, or make one: aws cloudtrail create-trail --name ${name} --s3-bucket-name BUCKET --is-multi-region-trail --is-organization-trail (cloudtrail:CreateTrail).`,
    ];
  }
  const { isLogging, isMultiRegion, managementEvents } = trail;
  return [
    ...(isLogging ? [] : [`it is stopped: aws cloudtrail start-logging --name ${name} (cloudtrail:StartLogging).`]),
    ...(isMultiRegion
      ? []
      : [
          `it sees one Region, and whoever opens a root session chooses the Region: aws cloudtrail update-trail --name ${name} --is-multi-region-trail (cloudtrail:UpdateTrail).`,
        ]),
    ...(managementEvents === "all"
      ? []
      : [
          `it records ${managementEvents === "none" ? "no" : `only ${managementEvents}`} management events: aws cloudtrail put-event-selectors --trail-name ${name} --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true}]' (cloudtrail:PutEventSelectors).`,
        ]),
  ];
}
