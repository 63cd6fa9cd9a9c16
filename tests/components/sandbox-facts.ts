import type { IdentityCenter, Organization, OrganizationFacts, Principal } from "#components";

/** Facts like those of the sandbox organization, with what one test changes about them. */
export function sandboxFacts(changes: Partial<OrganizationFacts> = {}): OrganizationFacts {
  return {
    caller: { accountId: "111111111111", arn: "arn:aws:iam::111111111111:user/platform" },
    nativeAccountId: "111111111111",
    region: "us-east-1",
    organization: sandboxOrganization(),
    identityCenter: sandboxIdentityCenter(),
    organizationalUnits: [],
    lacks: {},
    ...changes,
  };
}

export function sandboxOrganization(changes: Partial<Organization> = {}): Organization {
  return {
    id: "o-sandbox1234",
    managementAccountId: "111111111111",
    featureSet: "ALL",
    accounts: [
      { id: "111111111111", name: "Management", state: "ACTIVE" },
      { id: "222222222222", name: "Audit", state: "ACTIVE" },
      { id: "333333333333", name: "Orders", state: "ACTIVE" },
      { id: "555555555555", name: "Closed", state: "SUSPENDED" },
    ],
    delegates: [],
    root: { id: "r-sbox", name: "Root" },
    trustedServices: ["iam.amazonaws.com"],
    enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
    ...changes,
  };
}

export const alice: Principal = { type: "USER", reference: "alice", id: "u-1", name: "alice" };
export const admins: Principal = { type: "GROUP", reference: "admins", id: "g-1", name: "break-glass-admins" };

export function sandboxIdentityCenter(): IdentityCenter {
  return {
    instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
    identityStoreId: "d-1234567890",
    principals: [alice, admins, { ...admins, reference: "g-1" }],
  };
}
