import type {
  DescribeUserRequest,
  DescribeUserResponse,
  GetUserIdRequest,
  GetUserIdResponse,
  ListUsersRequest,
  ListUsersResponse,
  User,
} from "@aws-sdk/client-identitystore";
import { notImplemented } from "../../aws-fault.ts";
import type { IdentityCenterState, StoreUser } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { Decoded } from "../service.ts";
import { notFound } from "./faults.ts";
import { findUser, onStore } from "./store.ts";
import { filterValue, uniqueAttribute } from "./unique-attribute.ts";

const namingAttribute = "UserName";

export const listUsers = onStore<Decoded<ListUsersRequest>, ListUsersResponse>("ListUsers", {
  entries: () => "user/*",
  validate: (input) => {
    refuseExtensions("ListUsers", input.Extensions);
    filterValue(input, namingAttribute);
  },
  perform: (input, call) => {
    const { identityCenter } = call.state;
    const wanted = filterValue(input, namingAttribute);
    const found = [...identityCenter.users.values()].filter(({ userName }) => userName === (wanted ?? userName));
    const { items, more } = identityCenterPage(found, input, call);
    return { Users: items.map((user) => answerOf(user, identityCenter)), ...more };
  },
});

export const describeUser = onStore<Decoded<DescribeUserRequest>, DescribeUserResponse>("DescribeUser", {
  entries: ({ UserId }) => `user/${UserId}`,
  validate: ({ Extensions }) => {
    refuseExtensions("DescribeUser", Extensions);
  },
  perform: (input, call) => answerOf(findUser(input.UserId, call), call.state.identityCenter),
});

export const getUserId = onStore<Decoded<GetUserIdRequest>, GetUserIdResponse>("GetUserId", {
  entries: () => "user/*",
  validate: ({ AlternateIdentifier }) => {
    uniqueAttribute(AlternateIdentifier, namingAttribute);
  },
  perform: ({ AlternateIdentifier }, { state: { identityCenter } }) => {
    const name = uniqueAttribute(AlternateIdentifier, namingAttribute);
    const user = [...identityCenter.users.values()].find(({ userName }) => userName === name);
    if (!user) throw notFound("USER");
    return { IdentityStoreId: identityCenter.identityStoreId, UserId: user.id };
  },
});

function refuseExtensions(operation: string, extensions: readonly string[] | undefined): void {
  if (extensions !== undefined) throw notImplemented(`The parameter Extensions of identitystore:${operation}`);
}

function answerOf(user: StoreUser, { identityStoreId }: IdentityCenterState): User {
  const { givenName, familyName, displayName } = user;
  return {
    IdentityStoreId: identityStoreId,
    UserId: user.id,
    UserName: user.userName,
    Name: { Formatted: displayName, GivenName: givenName, FamilyName: familyName },
    DisplayName: displayName,
    Emails: [{ Value: user.email, Type: "work", Primary: true }],
    UserStatus: "ENABLED",
  };
}
