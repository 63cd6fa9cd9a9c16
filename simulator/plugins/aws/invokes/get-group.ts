import { DescribeGroupCommand, GetGroupIdCommand, type IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { z } from "zod";
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

function findGroupId(store: IdentitystoreClient, given: Args): Promise<string> {
  const { identityStoreId: IdentityStoreId, groupId: id, alternateIdentifier: alternate } = given;
  return identityIdOf("groupId", { id, alternate }, async (AlternateIdentifier) => {
    const found = await store.send(new GetGroupIdCommand({ IdentityStoreId, AlternateIdentifier }));
    return found.GroupId;
  });
}
