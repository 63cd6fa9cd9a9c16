import {
  type AccountId,
  checkRoleName,
  largestTrustPolicy,
  parseAccountId,
  type PolicyJson,
  RoleNameError,
  UntrustworthyPrincipalError,
} from "#iam";
import { describeAccount, reviewAccount } from "./account-review.ts";
import { breakGlassRoleSettings } from "../break-glass-role-settings.ts";
import type { Organization, OrganizationFacts } from "../facts/organization-facts.ts";
import { reviewPolicy } from "./policy-review.ts";
import { problemsOf, refused, type Reviewed } from "../review.ts";
import type { RoleConfiguration } from "../configuration/safeguards-configuration.ts";

/** The break-glass role to make. */
export interface PlannedRole {
  readonly accountId: AccountId;
  readonly arn: string;
  readonly trustedPrincipals: readonly string[];
  readonly name: string;
  readonly path: string;
  readonly sourceIdentity: boolean;
  readonly policy: PolicyJson;
}

/** Checks the break-glass role before anything is made: its account, whom it trusts, its name, its policy's size. */
export function reviewRole(
  key: string,
  role: RoleConfiguration,
  delegate: AccountId | undefined,
  { organization }: OrganizationFacts,
): Reviewed<PlannedRole> {
  const account = reviewRoleAccount(`${key}.account`, role.account, delegate, organization);
  const trust = reviewTrust(`${key}.trustedPrincipals`, role);
  const name = caught(RoleNameError, `${key}.name`, () => {
    checkRoleName(role.path, role.name);
  });
  const policy = reviewPolicy(key, role, organization);
  if ("problems" in account || "problems" in trust || "problems" in name || "problems" in policy) {
    return refused(...problemsOf(account, trust, name, policy));
  }
  const { trustedPrincipals, path, sourceIdentity } = role;
  return {
    accepted: {
      accountId: account.accepted,
      arn: `arn:aws:iam::${account.accepted}:role${path}${role.name}`,
      trustedPrincipals,
      name: role.name,
      path,
      sourceIdentity,
      policy: policy.accepted,
    },
  };
}

/** Root sessions are opened from two accounts only (docs/aws-behaviour.md, section 1). */
function reviewRoleAccount(
  key: string,
  text: string | undefined,
  delegate: AccountId | undefined,
  organization: Organization | undefined,
): Reviewed<AccountId> {
  const management = parseAccountId(organization?.managementAccountId ?? "");
  const preset = delegate ?? management;
  if (text === undefined) return preset === undefined ? refused() : { accepted: preset };
  const account = reviewAccount(key, text, organization);
  if ("problems" in account || organization === undefined) return account;
  if (account.accepted === management || account.accepted === delegate) return account;
  return refused(
    `${key}: account ${describeAccount(account.accepted, organization)} cannot assume root; choose the management account ${organization.managementAccountId}${delegate === undefined ? "" : ` or the delegated administrator ${delegate}`}.`,
  );
}

/** AWS takes a longer trust policy only where the account's quota was raised, which nothing here can ask for. */
function reviewTrust(key: string, role: RoleConfiguration): Reviewed<PolicyJson> {
  const trust = caught(UntrustworthyPrincipalError, key, () => breakGlassRoleSettings(role).trust);
  if ("problems" in trust) return trust;
  const { length } = JSON.stringify(trust.accepted);
  if (length <= largestTrustPolicy) return trust;
  return refused(
    `${key}: its trust policy has ${length} characters, and IAM takes ${largestTrustPolicy} unless the account's quota was raised; name fewer, or roles that several people share.`,
  );
}

/** Turns the one error that a check throws for its input into a sentence; anything else is a defect. */
function caught<T>(expected: new (...args: never[]) => Error, key: string, check: () => T): Reviewed<T> {
  try {
    return { accepted: check() };
  } catch (error) {
    if (error instanceof expected) return refused(`${key}: ${error.message}`);
    throw error;
  }
}
