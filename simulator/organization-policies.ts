import { type NamedPolicy, parsePolicy, type PolicyDocument } from "#iam";
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
  const path = pathFromRoot(organization, accountId);
  return path?.map((target) =>
    [...(organization.attachments.get(target) ?? [])].flatMap((id) => {
      const policy = organization.policies.get(id);
      return policy?.type === type ? [{ name: policy.id, document: parsed(policy) }] : [];
    }),
  );
}

/** Ids of the root, the organizational units on the way, and the account. */
function pathFromRoot(organization: OrganizationState, accountId: string): readonly string[] | undefined {
  const account = [...organization.accounts.values()].find(({ id }) => id === accountId);
  if (!account) return undefined;
  const path: string[] = [account.id];
  let parent: string | undefined = account.parentId;
  while (parent !== undefined) {
    path.unshift(parent);
    parent = organization.organizationalUnits.get(parent)?.parentId;
  }
  return path;
}

const documents = new WeakMap<OrganizationPolicy, { content: string; document: PolicyDocument }>();

function parsed(policy: OrganizationPolicy): PolicyDocument {
  const known = documents.get(policy);
  if (known?.content === policy.content) return known.document;
  const document = parsePolicy(policy.content);
  documents.set(policy, { content: policy.content, document });
  return document;
}
