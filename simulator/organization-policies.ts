import { type NamedPolicy, parseAccountId, parsePolicy, type PolicyDocument } from "#iam";
import { pathFromRoot } from "./organization-path.ts";
import type { OrganizationPolicy, OrganizationPolicyType, OrganizationState } from "./state/organization.ts";

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
      return policy?.type === type ? [{ name: policy.id, document: parsed(policy) }] : [];
    }),
  );
}

const documents = new WeakMap<OrganizationPolicy, { content: string; document: PolicyDocument }>();

function parsed(policy: OrganizationPolicy): PolicyDocument {
  const known = documents.get(policy);
  if (known?.content === policy.content) return known.document;
  const document = parsePolicy(policy.content);
  documents.set(policy, { content: policy.content, document });
  return document;
}
