import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { callerIdentity } from "../../session/caller-identity.ts";
import type { AwsConnection } from "../clients.ts";
import { type DataSource, dataSource } from "./data-source.ts";
import { getGroup } from "./get-group.ts";
import { getGroups } from "./get-groups.ts";
import { getUser } from "./get-user.ts";
import { getUsers } from "./get-users.ts";
import { getAlias } from "./get-alias.ts";
import { getInstances } from "./get-instances.ts";
import { getDelegatedAdministrators } from "./get-delegated-administrators.ts";
import { getOrganization } from "./get-organization.ts";
import { getOrganizationalUnitChildAccounts } from "./get-organizational-unit-child-accounts.ts";
import { getOrganizationalUnits } from "./get-organizational-units.ts";
import { getPermissionSet } from "./get-permission-set.ts";
import { getPolicies, getPoliciesForTarget, getPolicy } from "./get-policies.ts";
import { getRegions } from "./get-regions.ts";
import { getResource } from "./get-resource.ts";
import { getResourceTags } from "./get-resource-tags.ts";
import { getResources } from "./get-resources.ts";

const getCallerIdentity = dataSource({
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  args: z.strictObject({ id: z.string().optional() }),
  read: async (_args, { session }) => {
    const identity = await callerIdentity(session);
    return { ...identity, id: identity.accountId };
  },
});

const dataSources: ReadonlyMap<string, DataSource> = new Map(
  [
    getOrganization,
    getOrganizationalUnitChildAccounts,
    getOrganizationalUnits,
    getDelegatedAdministrators,
    getPolicies,
    getPoliciesForTarget,
    getPolicy,
    getInstances,
    getPermissionSet,
    getGroup,
    getGroups,
    getUser,
    getUsers,
    getCallerIdentity,
    getRegions,
    getAlias,
    getResources,
    getResource,
    getResourceTags,
  ].map((source) => [source.token, source]),
);

/**
 * Answers a function call of a program.
 *
 * @throws Error when the stand-in does not model the function or an argument, or when AWS refuses
 */
export async function invokeFunction(
  token: string,
  args: PropertyBag,
  connection: AwsConnection,
): Promise<PropertyBag> {
  const source = dataSources.get(token);
  if (!source) {
    throw new Error(
      `The stand-in for the aws plugin does not model the function ${token} and refuses it: it models ` +
        `${[...dataSources.keys()].join(", ")}; use the official plugin for others.`,
    );
  }
  try {
    return await source.read(args, connection);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`invoking ${token}: 1 error occurred:\n\t* ${reason}\n\n`, { cause: error });
  }
}
