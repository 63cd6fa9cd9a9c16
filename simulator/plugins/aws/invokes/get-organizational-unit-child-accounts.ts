import { type Account, paginateListAccountsForParent } from "@aws-sdk/client-organizations";
import { z } from "zod";
import { describing } from "../describing.ts";
import { accountProperties } from "./get-organization.ts";
import { dataSource } from "./data-source.ts";

/** The accounts right below the root or an organizational unit. */
export const getOrganizationalUnitChildAccounts = dataSource({
  token: "aws:organizations/getOrganizationalUnitChildAccounts:getOrganizationalUnitChildAccounts",
  args: z.strictObject({ parentId: z.string() }),
  read: ({ parentId }, { clients: { organizations: client } }) =>
    describing(`listing Organizations Accounts for parent (${parentId})`, async () => {
      const found: Account[] = [];
      for await (const page of paginateListAccountsForParent({ client }, { ParentId: parentId })) {
        found.push(...(page.Accounts ?? []));
      }
      return { id: parentId, parentId, accounts: found.map(accountProperties) };
    }),
});
