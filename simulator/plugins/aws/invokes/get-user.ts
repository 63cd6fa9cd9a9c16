import {
  DescribeUserCommand,
  type DescribeUserResponse,
  type Email,
  GetUserIdCommand,
  type IdentitystoreClient,
  type PhoneNumber,
} from "@aws-sdk/client-identitystore";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { describing } from "../describing.ts";
import {
  alternateIdentifier,
  externalIds,
  identifierProperties,
  identityId,
  identityIdOf,
} from "./alternate-identifier.ts";
import { dataSource } from "./data-source.ts";

const args = z.strictObject({
  identityStoreId: z.string(),
  userId: identityId.optional(),
  alternateIdentifier: alternateIdentifier.optional(),
  region: z.string().optional(),
});
type Args = z.output<typeof args>;

/** A user of the identity store, by id or alternate identifier. */
export const getUser = dataSource({
  token: "aws:identitystore/getUser:getUser",
  args,
  read: (given, { session, clients }) => {
    const region = given.region ?? session.region;
    const store = clients.identityStore(region);
    return describing(`reading IdentityStore User (${given.userId ?? given.identityStoreId})`, async () => {
      const userId = await findUserId(store, given);
      const user = await store.send(
        new DescribeUserCommand({ IdentityStoreId: given.identityStoreId, UserId: userId }),
      );
      return {
        id: userId,
        userId,
        identityStoreId: given.identityStoreId,
        region,
        ...identifierProperties(given.alternateIdentifier),
        ...profile(user),
      };
    });
  },
});

function findUserId(store: IdentitystoreClient, given: Args): Promise<string> {
  const { identityStoreId: IdentityStoreId, userId: id, alternateIdentifier: alternate } = given;
  return identityIdOf("userId", { id, alternate }, async (AlternateIdentifier) => {
    const found = await store.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }));
    return found.UserId;
  });
}

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

function nameProperties(name: NonNullable<DescribeUserResponse["Name"]>): PropertyBag {
  return {
    familyName: name.FamilyName ?? "",
    formatted: name.Formatted ?? "",
    givenName: name.GivenName ?? "",
    honorificPrefix: name.HonorificPrefix ?? "",
    honorificSuffix: name.HonorificSuffix ?? "",
    middleName: name.MiddleName ?? "",
  };
}

function contacts({ Addresses = [], Emails = [], PhoneNumbers = [] }: DescribeUserResponse): PropertyBag {
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
