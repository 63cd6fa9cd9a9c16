import { type AccountId, parseAccountId } from "#iam";
import { denyRootWithoutExemption, fullAwsAccess, rcpFullAwsAccess } from "./sandbox-policies.ts";
import { sandboxIdentityCenter } from "./sandbox-identity-center.ts";
import { addAdministrator, addRootCredentials, type AdministratorKey } from "./sandbox-iam.ts";
import type { OrganizationAccount, OrganizationalUnit, OrganizationState } from "./organization.ts";
import type { State } from "./state.ts";
import { organizationTrail } from "./trails.ts";

/** The fixed accounts of the sandbox organization, by what they are for. */
export const sandboxAccounts = {
  management: accountId("111111111111"),
  audit: accountId("222222222222"),
  orders: accountId("333333333333"),
  payments: accountId("444444444444"),
  closed: accountId("555555555555"),
} as const;

const organizationId = "o-sandbox0001";
const rootId = "r-sbox";
const founded = new Date("2026-01-05T09:00:00Z");

/** The sandbox organization before anybody has configured anything, and the keys of its administrators. */
export interface Sandbox {
  readonly state: State;
  readonly administrators: readonly AdministratorKey[];
}

/** @param moreAccounts how many member accounts there are beside the fixed ones */
export function createSandbox(moreAccounts: number): Sandbox {
  const trail = organizationTrail(sandboxAccounts.management, founded);
  const state: State = {
    organization: sandboxOrganization(moreAccounts),
    identityCenter: sandboxIdentityCenter(sandboxAccounts.management),
    iam: new Map(),
    credentials: new Map(),
    buckets: new Map(),
    queues: new Map(),
    topics: new Map(),
    subscriptions: new Map(),
    outbox: [],
    eventRules: new Map(),
    pendingEvents: [],
    undelivered: [],
    keys: new Map(),
    keyAliases: new Map(),
    regionOptIns: new Map(),
    resourceRequests: new Map(),
    trails: new Map([[trail.arn, trail]]),
    trail: [],
  };
  const { management, audit, orders, payments } = sandboxAccounts;
  const administrators = [management, audit, orders, payments].map((id) => addAdministrator(state, id, founded));
  addRootCredentials(state, orders, founded);
  return { state, administrators };
}

function sandboxOrganization(moreAccounts: number): OrganizationState {
  const { management } = sandboxAccounts;
  const units = {
    security: organizationalUnit("Security", "security"),
    workloads: organizationalUnit("Workloads", "workloads"),
    restricted: organizationalUnit("Restricted", "restrict"),
  };
  const denyRoot = denyRootWithoutExemption(organizationId, management);
  const accounts: readonly OrganizationAccount[] = [
    account(management, "Management", rootId),
    account(sandboxAccounts.audit, "Audit", units.security.id),
    account(sandboxAccounts.orders, "Orders", units.workloads.id),
    account(sandboxAccounts.payments, "Payments", units.restricted.id),
    { ...account(sandboxAccounts.closed, "Closed", units.workloads.id), status: "SUSPENDED" },
    ...Array.from({ length: moreAccounts }, (_, index) => furtherAccount(index, units.workloads.id)),
  ];
  const targets = [rootId, ...Object.values(units).map(({ id }) => id), ...accounts.map(({ id }) => id)];
  return {
    id: organizationId,
    arn: `arn:aws:organizations::${management}:organization/${organizationId}`,
    featureSet: "ALL",
    managementAccountId: management,
    root: {
      id: rootId,
      arn: `arn:aws:organizations::${management}:root/${organizationId}/${rootId}`,
      enabledPolicyTypes: new Set(["SERVICE_CONTROL_POLICY"]),
    },
    organizationalUnits: new Map(Object.values(units).map((unit) => [unit.id, unit])),
    accounts: new Map(accounts.map((member) => [member.id, member])),
    accountsByParent: Map.groupBy(accounts, ({ parentId }) => parentId),
    policies: new Map([fullAwsAccess, rcpFullAwsAccess, denyRoot].map((policy) => [policy.id, policy])),
    attachments: new Map(
      targets.map((target) => [
        target,
        new Set(target === units.restricted.id ? [fullAwsAccess.id, denyRoot.id] : [fullAwsAccess.id]),
      ]),
    ),
    trustedServices: new Map([
      ["cloudtrail.amazonaws.com", founded],
      ["sso.amazonaws.com", founded],
    ]),
    delegatedAdministrators: new Map(),
    tags: new Map(),
    rootFeatures: new Set(),
  };
}

function organizationalUnit(name: string, suffix: string): OrganizationalUnit {
  const id = `ou-sbox-${suffix.padEnd(8, "0")}`;
  const arn = `arn:aws:organizations::${sandboxAccounts.management}:ou/${organizationId}/${id}`;
  return { id, arn, name, parentId: rootId };
}

function account(id: AccountId, name: string, parentId: string): OrganizationAccount {
  return {
    id,
    arn: `arn:aws:organizations::${sandboxAccounts.management}:account/${organizationId}/${id}`,
    name,
    email: `aws+${name.toLowerCase()}@example.com`,
    status: "ACTIVE",
    parentId,
    joinedMethod: "CREATED",
    joined: founded,
  };
}

function furtherAccount(index: number, parentId: string): OrganizationAccount {
  const id = accountId(String(600_000_000_001 + index));
  return account(id, `Member-${String(index + 1).padStart(5, "0")}`, parentId);
}

function accountId(text: string): AccountId {
  const id = parseAccountId(text);
  if (id === undefined) throw new Error(`${text} is not an account id`);
  return id;
}
