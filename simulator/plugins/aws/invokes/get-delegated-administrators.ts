import { type DelegatedAdministrator, paginateListDelegatedAdministrators } from "@aws-sdk/client-organizations";
import { z } from "zod";
import { callerIdentity } from "../../session/caller-identity.ts";
import { attributesOf } from "../resources/delegated-administrator.ts";
import { dataSource } from "./data-source.ts";

/** Delegated administrators, of one service or of all. */
export const getDelegatedAdministrators = dataSource({
  token: "aws:organizations/getDelegatedAdministrators:getDelegatedAdministrators",
  args: z.strictObject({ servicePrincipal: z.string().optional() }),
  read: async ({ servicePrincipal }, { session, clients }) => {
    const found: DelegatedAdministrator[] = [];
    const request = servicePrincipal ? { ServicePrincipal: servicePrincipal } : {};
    for await (const page of paginateListDelegatedAdministrators({ client: clients.organizations }, request)) {
      found.push(...(page.DelegatedAdministrators ?? []));
    }
    return {
      id: (await callerIdentity(session)).accountId,
      ...(servicePrincipal ? { servicePrincipal } : {}),
      delegatedAdministrators: found.map((administrator) => ({
        id: administrator.Id ?? "",
        ...attributesOf(administrator),
      })),
    };
  },
});
