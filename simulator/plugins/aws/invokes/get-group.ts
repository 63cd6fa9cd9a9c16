import { DescribeGroupCommand, GetGroupIdCommand } from "@aws-sdk/client-identitystore";
import { z } from "zod";
import { externalIds, identityId } from "./alternate-identifier.ts";
import { dataSource } from "./data-source.ts";
import { identityArguments, readIdentity } from "./read-identity.ts";

/** A group of the identity store, by id or alternate identifier. */
export const getGroup = dataSource({
  token: "aws:identitystore/getGroup:getGroup",
  args: z.strictObject({ ...identityArguments, groupId: identityId.optional() }),
  read: ({ groupId: id, ...given }, connection) =>
    readIdentity("Group", { ...given, id }, connection, {
      find: async (store, input) => (await store.send(new GetGroupIdCommand(input))).GroupId,
      describe: async (store, IdentityStoreId, GroupId) => {
        const group = await store.send(new DescribeGroupCommand({ IdentityStoreId, GroupId }));
        return {
          description: group.Description ?? "",
          displayName: group.DisplayName ?? "",
          externalIds: externalIds(group.ExternalIds),
        };
      },
    }),
});
