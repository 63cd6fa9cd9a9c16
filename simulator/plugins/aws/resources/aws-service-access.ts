import {
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  type OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
} from "@aws-sdk/client-organizations";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { describing } from "../describing.ts";
import { resourceType } from "../resource-type.ts";
import { timestamp } from "../timestamp.ts";

/** Trusted access of one service. The one after enabling that does not list it fails: upstream waits for nothing. */
export const awsServiceAccess = resourceType({
  token: "aws:organizations/awsServiceAccess:AwsServiceAccess",
  inputs: z.object({ servicePrincipal: z.string() }),
  replacedOn: ["servicePrincipal"],
  outputs: ["dateEnabled"],
  onPluginFramework: true,

  create: ({ servicePrincipal }, { clients }) =>
    describing(`creating Organizations AWS Service Access (${servicePrincipal})`, async () => {
      await clients.organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: servicePrincipal }));
      return { id: servicePrincipal };
    }),

  read: (id, _state, { clients }) =>
    describing(`reading Organizations AWS Service Access (${id})`, () => findAccess(clients.organizations, id)),

  delete: (id, _state, { clients }) =>
    describing(`deleting Organizations AWS Service Access (${id})`, async () => {
      await clients.organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: id }));
    }),
});

async function findAccess(client: OrganizationsClient, servicePrincipal: string): Promise<PropertyBag | undefined> {
  for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {})) {
    const found = page.EnabledServicePrincipals?.find((enabled) => enabled.ServicePrincipal === servicePrincipal);
    if (found) return { servicePrincipal, dateEnabled: timestamp(found.DateEnabled) };
  }
  return undefined;
}
