import { type NamedPolicy, parseAccountId } from "#iam";
import { pathFromRoot } from "./organization-path.ts";
import { heldPolicy } from "./policy-texts.ts";
import type { OrganizationPolicyType, OrganizationState } from "./state/organization.ts";

/**
 * The service or resource control policies above an account, a list for each level from the root down.
 *
 * @returns `undefined` where none apply: for the management account, for accounts outside the organization, and while
 *   the policy type is not enabled
 */
export function organizationPolicies(
  organization: OrganizationState,
  type: OrganizationPolicyType,
  accountId: string,
): readonly (readonly NamedPolicy[])[] | undefined {
  if (!organization.root.enabledPolicyTypes.has(type)) return undefined;
  if (accountId === organization.managementAccountId) return undefined;
  const id = parseAccountId(accountId);
  const account = id && organization.accounts.get(id);
  if (!account) return undefined;
  return pathFromRoot(account, organization).map((target) =>
    [...(organization.attachments.get(target) ?? [])].flatMap((policyId) => {
      const policy = organization.policies.get(policyId);
      return policy?.type === type ? [{ name: policy.id, document: heldPolicy(policy.content) }] : [];
    }),
  );
}
