import { type Group, paginateListGroups } from "@aws-sdk/client-identitystore";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { externalIds } from "./alternate-identifier.ts";
import { listIdentities } from "./list-identities.ts";

/** Every group of the identity store, page by page. */
export const getGroups = listIdentities("groups", async (client, IdentityStoreId) => {
  const groups: PropertyBag[] = [];
  for await (const { Groups = [] } of paginateListGroups({ client }, { IdentityStoreId }))
    groups.push(...Groups.map(listedGroup));
  return groups;
});

function listedGroup(group: Group): PropertyBag {
  return {
    identityStoreId: group.IdentityStoreId ?? null,
    groupId: group.GroupId ?? null,
    displayName: group.DisplayName ?? null,
    description: group.Description ?? null,
    externalIds: externalIds(group.ExternalIds),
  };
}
