import type { AccountId, RootFeature } from "#iam";

/** What AWS Organizations knows. */
export interface OrganizationState {
  readonly id: string;
  readonly arn: string;
  featureSet: "ALL" | "CONSOLIDATED_BILLING";
  readonly managementAccountId: AccountId;
  readonly root: OrganizationRoot;
  readonly organizationalUnits: Map<string, OrganizationalUnit>;
  readonly accounts: ReadonlyMap<AccountId, OrganizationAccount>;
  /** The accounts directly below the root or an organizational unit: large organizations are paged through. */
  readonly accountsByParent: ReadonlyMap<string, readonly OrganizationAccount[]>;
  readonly policies: Map<string, OrganizationPolicy>;
  /** Policy ids by target: the root, an organizational unit or an account. */
  readonly attachments: Map<string, Set<string>>;
  /** Trusted access: service principals and since when. */
  readonly trustedServices: Map<string, Date>;
  /** Registrations by service principal, then account. */
  readonly delegatedAdministrators: Map<string, Map<AccountId, Date>>;
  /** Tags by the id of what carries them: the root, an organizational unit, an account or a policy. */
  readonly tags: Map<string, Map<string, string>>;
  /** Features of centralized root access that are enabled; they survive trusted access being turned off. */
  readonly rootFeatures: Set<RootFeature>;
}

export interface OrganizationRoot {
  readonly id: string;
  readonly arn: string;
  readonly enabledPolicyTypes: Set<OrganizationPolicyType>;
}

export type OrganizationPolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

export interface OrganizationalUnit {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly parentId: string;
}

export interface OrganizationAccount {
  readonly id: AccountId;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  status: "ACTIVE" | "SUSPENDED";
  readonly parentId: string;
  readonly joinedMethod: "CREATED" | "INVITED";
  readonly joined: Date;
}

export interface OrganizationPolicy {
  readonly id: string;
  readonly arn: string;
  readonly type: OrganizationPolicyType;
  readonly awsManaged: boolean;
  name: string;
  description: string;
  content: string;
}
