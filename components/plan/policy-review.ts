import { type AccountId, breakGlassPolicy, inlinePolicySize, largestInlinePolicy, type PolicyJson } from "#iam";
import { reviewAccount } from "./account-review.ts";
import type { Organization } from "../facts/organization-facts.ts";
import { allAccepted, refused, type Reviewed } from "../review.ts";
import type { PolicyConfiguration } from "../configuration/safeguards-configuration.ts";

/**
 * Shapes the inline policy of a permission set or role. IAM Identity Center and IAM take the same size
 * (docs/aws-behaviour.md, section 4).
 */
export function reviewPolicy(
  key: string,
  { tasks, targetAccounts, accountListing, preflight }: PolicyConfiguration,
  organization: Organization | undefined,
): Reviewed<PolicyJson> {
  const targets = allAccepted(
    (targetAccounts ?? []).map((text, index) => reviewTarget(`${key}.targetAccounts[${index}]`, text, organization)),
  );
  if ("problems" in targets) return targets;
  const twice = targets.accepted.findIndex((id, index) => targets.accepted.indexOf(id) !== index);
  if (twice >= 0) {
    return refused(`${key}.targetAccounts[${twice}]: ${targetAccounts?.[twice] ?? ""} is named before; name it once.`);
  }
  const policy = breakGlassPolicy({
    tasks,
    targetAccounts: targetAccounts && targets.accepted,
    accountListing,
    preflight,
  });
  const size = inlinePolicySize(policy);
  if (size <= largestInlinePolicy) return { accepted: policy };
  return refused(
    `${key}: its policy has ${size} bytes, and AWS takes ${largestInlinePolicy}; name fewer targetAccounts, or spread them over several permission sets.`,
  );
}

/** Root sessions are opened in member accounts only (docs/aws-behaviour.md, section 1). */
function reviewTarget(key: string, text: string, organization: Organization | undefined): Reviewed<AccountId> {
  const account = reviewAccount(key, text, organization);
  if ("problems" in account || account.accepted !== organization?.managementAccountId) return account;
  return refused(
    `${key}: ${account.accepted} is the management account, in which no root session can be opened; name member accounts.`,
  );
}
