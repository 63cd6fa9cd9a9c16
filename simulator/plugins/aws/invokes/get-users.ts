import { paginateListUsers, type User } from "@aws-sdk/client-identitystore";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { externalIds } from "./alternate-identifier.ts";
import { contacts, nameProperties } from "./get-user.ts";
import { listIdentities } from "./list-identities.ts";

/** Every user of the identity store, page by page. */
export const getUsers = listIdentities("users", async (client, IdentityStoreId) => {
  const users: PropertyBag[] = [];
  for await (const { Users = [] } of paginateListUsers({ client }, { IdentityStoreId }))
    users.push(...Users.map(listedUser));
  return users;
});

function listedUser(user: User): PropertyBag {
  return {
    identityStoreId: user.IdentityStoreId ?? null,
    userId: user.UserId ?? null,
    userName: user.UserName ?? null,
    displayName: user.DisplayName ?? null,
    nickname: user.NickName ?? null,
    profileUrl: user.ProfileUrl ?? null,
    title: user.Title ?? null,
    userType: user.UserType ?? null,
    userStatus: user.UserStatus ?? null,
    locale: user.Locale ?? null,
    preferredLanguage: user.PreferredLanguage ?? null,
    timezone: user.Timezone ?? null,
    externalIds: externalIds(user.ExternalIds),
    names: user.Name ? [nameProperties(user.Name)] : [],
    ...contacts(user),
  };
}
