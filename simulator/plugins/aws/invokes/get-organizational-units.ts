import { type OrganizationalUnit, paginateListOrganizationalUnitsForParent } from "@aws-sdk/client-organizations";
import { z } from "zod";
import { describing } from "../describing.ts";
import { dataSource } from "./data-source.ts";

/** The organizational units right below the root or another unit. */
export const getOrganizationalUnits = dataSource({
  token: "aws:organizations/getOrganizationalUnits:getOrganizationalUnits",
  args: z.strictObject({ parentId: z.string() }),
  read: ({ parentId }, { clients: { organizations: client } }) =>
    describing(`listing Organizations Organization Units for parent (${parentId})`, async () => {
      const found: OrganizationalUnit[] = [];
      for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId: parentId })) {
        found.push(...(page.OrganizationalUnits ?? []));
      }
      const children = found.map(({ Arn = "", Id = "", Name = "" }) => ({ arn: Arn, id: Id, name: Name }));
      return { id: parentId, parentId, children };
    }),
});
