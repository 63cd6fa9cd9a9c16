import { type InstanceMetadata, paginateListInstances } from "@aws-sdk/client-sso-admin";
import { z } from "zod";
import { dataSource } from "./data-source.ts";

/** The Region's IAM Identity Center instances; none is no error. */
export const getInstances = dataSource({
  token: "aws:ssoadmin/getInstances:getInstances",
  args: z.strictObject({ region: z.string().optional() }),
  read: async (args, { session, clients }) => {
    const region = args.region ?? session.region;
    const instances: InstanceMetadata[] = [];
    for await (const page of paginateListInstances({ client: clients.ssoAdmin(region) }, {})) {
      instances.push(...(page.Instances ?? []));
    }
    return {
      id: region,
      region,
      arns: instances.map(({ InstanceArn = "" }) => InstanceArn),
      identityStoreIds: instances.map(({ IdentityStoreId = "" }) => IdentityStoreId),
    };
  },
});
