import type { OrganizationPolicyType, OrganizationState } from "../../state/organization.ts";

/** Attached to everything as soon as the type is enabled: without them the type would deny everything. */
export const fullAccessPolicy: Readonly<Record<OrganizationPolicyType, string>> = {
  SERVICE_CONTROL_POLICY: "p-FullAWSAccess",
  RESOURCE_CONTROL_POLICY: "p-RCPFullAWSAccess",
};

export function attach(policyId: string, targetId: string, { attachments }: OrganizationState): void {
  attachments.set(targetId, (attachments.get(targetId) ?? new Set()).add(policyId));
}
