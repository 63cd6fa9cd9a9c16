import { DescribeGroupCommand, GetGroupIdCommand, type IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { z } from "zod";
import { describing } from "../describing.ts";
import {
  alternateIdentifier,
  externalIds,
  identifierProperties,
  identityId,
  toAlternateIdentifier,
} from "./alternate-identifier.ts";
import { dataSource } from "./data-source.ts";

const args = z.strictObject({
  identityStoreId: z.string(),
  groupId: identityId.optional(),
  alternateIdentifier: alternateIdentifier.optional(),
  region: z.string().optional(),
});
type Args = z.output<typeof args>;

/** A group of the identity store, by id or alternate identifier. */
export const getGroup = dataSource({
  token: "aws:identitystore/getGroup:getGroup",
  args,
  read: (given, { session, clients }) => {
    const region = given.region ?? session.region;
    const store = clients.identityStore(region);
    return describing(`reading IdentityStore Group (${given.groupId ?? given.identityStoreId})`, async () => {
      const groupId = await findGroupId(store, given);
      const group = await store.send(
        new DescribeGroupCommand({ IdentityStoreId: given.identityStoreId, GroupId: groupId }),
      );
      return {
        id: groupId,
        groupId,
        identityStoreId: given.identityStoreId,
        region,
        ...identifierProperties(given.alternateIdentifier),
        description: group.Description ?? "",
        displayName: group.DisplayName ?? "",
        externalIds: externalIds(group.ExternalIds),
      };
    });
  },
});

async function findGroupId(store: IdentitystoreClient, given: Args): Promise<string> {
  if (!given.alternateIdentifier) {
    if (given.groupId) return given.groupId;
    throw new Error("one of groupId and alternateIdentifier has to be given");
  }
  const command = new GetGroupIdCommand({
    IdentityStoreId: given.identityStoreId,
    AlternateIdentifier: toAlternateIdentifier(given.alternateIdentifier),
  });
  return (await store.send(command)).GroupId ?? "";
}
