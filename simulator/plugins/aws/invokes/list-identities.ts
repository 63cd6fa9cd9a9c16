import type { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { describing } from "../describing.ts";
import { type DataSource, dataSource } from "./data-source.ts";

/**
 * A data source of all users or all groups. In the official plugin these are of the newer kind: what AWS leaves out is absent
 * rather than empty, and there is no `id`.
 */
export function listIdentities(
  kind: "users" | "groups",
  list: (store: IdentitystoreClient, identityStoreId: string) => Promise<readonly PropertyBag[]>,
): DataSource {
  const name = kind === "users" ? "Users" : "Groups";
  return dataSource({
    token: `aws:identitystore/get${name}:get${name}`,
    args: z.strictObject({ identityStoreId: z.string(), region: z.string().optional() }),
    read: ({ identityStoreId, region }, { session, clients }) =>
      describing(`listing IdentityStore ${name}`, async () => {
        const found = await list(clients.identityStore(region ?? session.region), identityStoreId);
        return { identityStoreId, region: region ?? session.region, [kind]: found };
      }),
  });
}
