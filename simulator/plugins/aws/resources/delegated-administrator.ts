import {
  type DelegatedAdministrator,
  DeregisterDelegatedAdministratorCommand,
  type OrganizationsClient,
  paginateListDelegatedAdministrators,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import { resourceType } from "../resource-type.ts";
import { timestamp } from "../timestamp.ts";

/** A member account that administers one service for the organization. */
export const delegatedAdministrator = resourceType({
  token: "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
  inputs: z.object({
    accountId: z.string().regex(/^\d{12}$/, "must be an AWS account ID of 12 digits"),
    servicePrincipal: z.string().min(1).max(128),
  }),
  replacedOn: ["accountId", "servicePrincipal"],
  outputs: ["arn", "delegationEnabledDate", "email", "joinedMethod", "joinedTimestamp", "name", "status"],

  create: ({ accountId, servicePrincipal }, { clients }) =>
    describing(`creating Organizations Delegated Administrator (${accountId}/${servicePrincipal})`, async () => {
      await clients.organizations.send(
        new RegisterDelegatedAdministratorCommand({ AccountId: accountId, ServicePrincipal: servicePrincipal }),
      );
      return { id: `${accountId}/${servicePrincipal}` };
    }),

  read: (id, _state, { clients }) =>
    describing(`reading Organizations Delegated Administrator (${id})`, async () => {
      const { accountId, servicePrincipal } = parseId(id);
      const found = await findAdministrator(clients.organizations, accountId, servicePrincipal);
      return found && { accountId, servicePrincipal, ...attributesOf(found) };
    }),

  delete: (id, _state, { clients }) =>
    describing(`deleting Organizations Delegated Administrator (${id})`, async () => {
      const { accountId, servicePrincipal } = parseId(id);
      try {
        await clients.organizations.send(
          new DeregisterDelegatedAdministratorCommand({ AccountId: accountId, ServicePrincipal: servicePrincipal }),
        );
      } catch (error) {
        if (!failedWith(error, "AccountNotRegisteredException")) throw error;
      }
    }),
});

function parseId(id: string): { accountId: string; servicePrincipal: string } {
  const [accountId, servicePrincipal] = id.split("/");
  if (accountId && servicePrincipal) return { accountId, servicePrincipal };
  throw new Error(`unexpected format for ID (${id}), expected account_id/service_principal`);
}

async function findAdministrator(
  client: OrganizationsClient,
  accountId: string,
  servicePrincipal: string,
): Promise<DelegatedAdministrator | undefined> {
  for await (const page of paginateListDelegatedAdministrators({ client }, { ServicePrincipal: servicePrincipal })) {
    const found = page.DelegatedAdministrators?.find(({ Id }) => Id === accountId);
    if (found) return found;
  }
  return undefined;
}

/** What the plugin tells of one, apart from the ids. */
export function attributesOf(found: DelegatedAdministrator): PropertyBag {
  return {
    arn: found.Arn ?? "",
    delegationEnabledDate: timestamp(found.DelegationEnabledDate),
    email: found.Email ?? "",
    joinedMethod: found.JoinedMethod ?? "",
    joinedTimestamp: timestamp(found.JoinedTimestamp),
    name: found.Name ?? "",
    status: found.Status ?? "",
  };
}
