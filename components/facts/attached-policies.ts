import {
  getOrganizationalUnitChildAccounts,
  getOrganizationalUnits,
  getPolicies,
  getPoliciesForTarget,
  getPolicy,
} from "@pulumi/aws/organizations/index.js";
import { type NamedPolicy, parsePolicy } from "#iam";
import { observe, type Observed } from "./observed.ts";

/** The two types of organization policies that can stand in a root session's way. */
export type GuardingPolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

/** What is attached on the way to an account: one list a level, from the organization's root to the account itself. */
export type Levels = readonly (readonly NamedPolicy[])[];

/** Policies of one type as they apply to accounts. An account that is missing here is under no policy that may block. */
export type AttachedPolicies = ReadonlyMap<string, Levels>;

/**
 * Finds which policies apply to each account, with invokes only. Where no policy of the organization may block anything
 * on its own account, nobody is asked what is attached where: that takes a call for each unit and account.
 *
 * @param accounts ids; others are passed over
 * @param mayBlock whether a policy can be of interest at all
 * @returns what was found, or the permission that the caller lacks
 */
export async function readAttachedPolicies(
  type: GuardingPolicyType,
  rootId: string,
  accounts: ReadonlySet<string>,
  mayBlock: (policy: NamedPolicy) => boolean,
): Promise<Observed<AttachedPolicies>> {
  const listed = await observe(getPolicies({ filter: type }), "organizations:ListPolicies");
  if ("needs" in listed) return listed;
  const described = await observe(
    Promise.all(listed.known.ids.map((policyId) => getPolicy({ policyId }))),
    "organizations:DescribePolicy",
  );
  if ("needs" in described) return described;
  const policies = new Map(described.known.map(({ id, name, content }) => [id, named(name, content, type)]));
  if (![...policies.values()].some(mayBlock)) return { known: new Map() };
  const permissions = "organizations:ListPoliciesForTarget, ListOrganizationalUnitsForParent, ListAccountsForParent";
  return observe(walk({ type, policies, accounts }, rootId, []), permissions);
}

interface Journey {
  readonly type: GuardingPolicyType;
  readonly policies: ReadonlyMap<string, NamedPolicy>;
  readonly accounts: ReadonlySet<string>;
}

/** @param above the levels over this root or unit */
async function walk(journey: Journey, parentId: string, above: Levels): Promise<AttachedPolicies> {
  const [own, { accounts }, { children }] = await Promise.all([
    attachedTo(journey, parentId),
    getOrganizationalUnitChildAccounts({ parentId }),
    getOrganizationalUnits({ parentId }),
  ]);
  const levels = [...above, own];
  const wanted = accounts.filter(({ id }) => journey.accounts.has(id));
  const here = wanted.map(async ({ id }) => [id, [...levels, await attachedTo(journey, id)]] as const);
  const below = children.map(({ id }) => walk(journey, id, levels));
  return new Map([...(await Promise.all(here)), ...(await Promise.all(below)).flatMap((found) => [...found])]);
}

async function attachedTo({ type, policies }: Journey, targetId: string): Promise<readonly NamedPolicy[]> {
  const { ids } = await getPoliciesForTarget({ filter: type, targetId });
  return ids.flatMap((id) => policies.get(id) ?? []);
}

function named(name: string, content: string, type: GuardingPolicyType): NamedPolicy {
  const purpose = type === "RESOURCE_CONTROL_POLICY" ? "resource" : "identity";
  return { name, document: parsePolicy(JSON.parse(content), purpose) };
}
