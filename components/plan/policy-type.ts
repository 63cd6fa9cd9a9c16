import type { GuardingPolicyType } from "../facts/attached-policies.ts";

/** Who can enable a type of organization policies, and how: nothing here can, as that would mean to own the organization. */
export function howToEnable(type: GuardingPolicyType, rootId: string): string {
  return (
    "An administrator of the management account with organizations:EnablePolicyType can: " +
    `aws organizations enable-policy-type --root-id ${rootId} --policy-type ${type}. Nothing here does, as that would mean to own the organization.`
  );
}
