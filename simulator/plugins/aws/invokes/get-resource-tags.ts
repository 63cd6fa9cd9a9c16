import { paginateListTagsForResource } from "@aws-sdk/client-organizations";
import { z } from "zod";
import { describing } from "../describing.ts";
import { dataSource } from "./data-source.ts";

/** The tags of the organization's root, a unit, an account or a policy. */
export const getResourceTags = dataSource({
  token: "aws:organizations/getResourceTags:getResourceTags",
  args: z.strictObject({ resourceId: z.string() }),
  read: ({ resourceId }, { clients: { organizations: client } }) =>
    describing(`listing tags for Organizations Resource (${resourceId})`, async () => {
      const tags: Record<string, string> = {};
      for await (const page of paginateListTagsForResource({ client }, { ResourceId: resourceId })) {
        for (const { Key = "", Value = "" } of page.Tags ?? []) tags[Key] = Value;
      }
      return { id: resourceId, resourceId, tags };
    }),
});
