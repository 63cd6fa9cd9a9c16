import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import { type AccountId, MalformedPolicyError, parseAccountId, parseArn } from "#iam";
import type { AwsAccess } from "../aws/aws-access.ts";
import { organizationsClient } from "../aws/aws-clients.ts";
import { findAccountPlace } from "../preflight/account-place.ts";
import { NeedsPermission } from "../preflight/check.ts";
import { type OrganizationPolicy, organizationPolicyReader } from "../preflight/organization-policies.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { Denial } from "./denial.ts";
import type { KnownPolicies } from "./known-policies.ts";

const types = {
  "service control policy": "SERVICE_CONTROL_POLICY",
  "resource control policy": "RESOURCE_CONTROL_POLICY",
} as const;

type OrganizationPolicyType = keyof typeof types;

/**
 * The organization's policies above the accounts in which something was refused, of the kinds that refused it. What may not
 * be read is left out: the diagnosis says then what it would need.
 *
 * @throws RootAccessError `cancelled` for the caller's own signal
 */
export async function policiesAbove(
  access: AwsAccess,
  denials: readonly Denial[],
  signal: AbortSignal,
): Promise<KnownPolicies> {
  const client = await organizationsClient(access);
  try {
    const found: Partial<Record<OrganizationPolicyType, readonly OrganizationPolicy[]>> = {};
    for (const type of ["service control policy", "resource control policy"] as const) {
      const accounts = accountsDenied(denials, type);
      const policies = accounts.length === 0 ? undefined : await readable(client, type, accounts, signal);
      if (policies !== undefined) found[type] = policies;
    }
    return found;
  } finally {
    client.destroy();
  }
}

/** Service control policies bind the caller's account, resource control policies that of the resource. */
function accountsDenied(denials: readonly Denial[], type: OrganizationPolicyType): readonly AccountId[] {
  const accounts = denials.flatMap(({ said }) => {
    if (said?.kind !== "explicit" || said.policyType !== type) return [];
    const callers = parseArn(said.principalArn)?.accountId ?? "";
    const owners = parseArn(said.resource ?? "")?.accountId ?? "";
    const id = parseAccountId(type === "resource control policy" && owners !== "" ? owners : callers);
    return id === undefined ? [] : [id];
  });
  return [...new Set(accounts)];
}

async function readable(
  client: OrganizationsClient,
  type: OrganizationPolicyType,
  accounts: readonly AccountId[],
  signal: AbortSignal,
): Promise<readonly OrganizationPolicy[] | undefined> {
  const reader = organizationPolicyReader(client, types[type], signal);
  try {
    const places = await Promise.all(accounts.map((account) => findAccountPlace(client, account, signal)));
    const targets = [...new Set(places.flatMap((place) => place?.path ?? []))];
    const summaries = (await Promise.all(targets.map((target) => reader.attachedTo(target)))).flat();
    const distinct = [...new Map(summaries.map((summary) => [summary.Id, summary])).values()];
    return await Promise.all(distinct.map((summary) => reader.read(summary)));
  } catch (error) {
    const isUnread = error instanceof NeedsPermission || error instanceof MalformedPolicyError;
    if (isUnread || (error instanceof RootAccessError && error.reason !== "cancelled")) return undefined;
    throw error;
  }
}
