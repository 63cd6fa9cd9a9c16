import {
  DescribeUserCommand,
  type DescribeUserResponse,
  type Email,
  GetUserIdCommand,
  type PhoneNumber,
  type User,
} from "@aws-sdk/client-identitystore";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { externalIds, identityId } from "./alternate-identifier.ts";
import { dataSource } from "./data-source.ts";
import { identityArguments, readIdentity } from "./read-identity.ts";

/** A user of the identity store, by id or alternate identifier. */
export const getUser = dataSource({
  token: "aws:identitystore/getUser:getUser",
  args: z.strictObject({ ...identityArguments, userId: identityId.optional() }),
  read: ({ userId: id, ...given }, connection) =>
    readIdentity("User", { ...given, id }, connection, {
      find: async (store, input) => (await store.send(new GetUserIdCommand(input))).UserId,
      describe: async (store, IdentityStoreId, UserId) =>
        profile(await store.send(new DescribeUserCommand({ IdentityStoreId, UserId }))),
    }),
});

function profile(user: DescribeUserResponse): PropertyBag {
  return {
    userName: user.UserName ?? "",
    displayName: user.DisplayName ?? "",
    nickname: user.NickName ?? "",
    profileUrl: user.ProfileUrl ?? "",
    title: user.Title ?? "",
    userType: user.UserType ?? "",
    userStatus: user.UserStatus ?? "",
    locale: user.Locale ?? "",
    preferredLanguage: user.PreferredLanguage ?? "",
    timezone: user.Timezone ?? "",
    externalIds: externalIds(user.ExternalIds),
    names: user.Name ? [nameProperties(user.Name)] : [],
    ...contacts(user),
  };
}

export function nameProperties(name: NonNullable<DescribeUserResponse["Name"]>): PropertyBag {
  return {
    familyName: name.FamilyName ?? "",
    formatted: name.Formatted ?? "",
    givenName: name.GivenName ?? "",
    honorificPrefix: name.HonorificPrefix ?? "",
    honorificSuffix: name.HonorificSuffix ?? "",
    middleName: name.MiddleName ?? "",
  };
}

export function contacts({ Addresses = [], Emails = [], PhoneNumbers = [] }: DescribeUserResponse | User): PropertyBag {
  return {
    addresses: Addresses.map((address) => ({
      country: address.Country ?? "",
      formatted: address.Formatted ?? "",
      locality: address.Locality ?? "",
      postalCode: address.PostalCode ?? "",
      primary: address.Primary ?? false,
      region: address.Region ?? "",
      streetAddress: address.StreetAddress ?? "",
      type: address.Type ?? "",
    })),
    emails: Emails.map(contact),
    phoneNumbers: PhoneNumbers.map(contact),
  };
}

function contact({ Primary = false, Type = "", Value = "" }: Email | PhoneNumber): PropertyBag {
  return { primary: Primary, type: Type, value: Value };
}
