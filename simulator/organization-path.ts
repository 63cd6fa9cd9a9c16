import type { OrganizationAccount, OrganizationState } from "./state/organization.ts";

/** Ids of the root, the organizational units on the way down, and the account. */
export function pathFromRoot(account: OrganizationAccount, organization: OrganizationState): readonly string[] {
  const upwards: string[] = [account.id];
  let parent: string | undefined = account.parentId;
  while (parent !== undefined) {
    upwards.push(parent);
    parent = organization.organizationalUnits.get(parent)?.parentId;
  }
  return upwards.reverse();
}
