import type { AccountId } from "#iam";
import type { IdentityCenterState, StoreGroup, StoreUser } from "./identity-center.ts";

const storeId = "d-9067000001";

/** Identity Center in us-east-1 with alice, bob and carol; alice may break the glass, bob audits. */
export function sandboxIdentityCenter(ownerAccountId: AccountId): IdentityCenterState {
  const alice = storeUser("a1", "alice", "Alice", "Archer");
  const bob = storeUser("b2", "bob", "Bob", "Baker");
  const carol = storeUser("c3", "carol", "Carol", "Cooper");
  const groups = [
    storeGroup("d4", "break-glass-admins", "May open root sessions", [alice]),
    storeGroup("e5", "auditors", "Review root credentials", [bob]),
  ];
  return {
    instanceArn: "arn:aws:sso:::instance/ssoins-7223000000000001",
    identityStoreId: storeId,
    region: "us-east-1",
    ownerAccountId,
    created: new Date("2026-01-05T09:00:00Z"),
    users: new Map([alice, bob, carol].map((user) => [user.id, user])),
    groups: new Map(groups.map((group) => [group.id, group])),
    permissionSets: new Map(),
    assignments: [],
    writes: new Map(),
    pendingWrites: [],
  };
}

function storeUser(seed: string, userName: string, givenName: string, familyName: string): StoreUser {
  const displayName = `${givenName} ${familyName}`;
  return { id: storeEntryId(seed), userName, displayName, givenName, familyName, email: `${userName}@example.com` };
}

function storeGroup(seed: string, displayName: string, description: string, members: readonly StoreUser[]): StoreGroup {
  return { id: storeEntryId(seed), displayName, description, memberIds: new Set(members.map(({ id }) => id)) };
}

/** Ids of identity store entries are the store's ten digits, then a UUID. */
function storeEntryId(seed: string): string {
  return `${storeId.slice(2)}-${seed.repeat(4)}-4000-4000-8000-${seed.repeat(6)}`;
}
