import type { AccountId } from "#iam";

/** IAM Identity Center: one instance, in one Region, with its identity store. */
export interface IdentityCenterState {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly region: string;
  readonly ownerAccountId: AccountId;
  readonly users: Map<string, StoreUser>;
  readonly groups: Map<string, StoreGroup>;
  readonly permissionSets: Map<string, PermissionSet>;
  readonly assignments: Assignment[];
  /** Asynchronous writes by request id. */
  readonly operations: Map<string, AsynchronousWrite>;
}

export interface StoreUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
}

export interface StoreGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly memberIds: Set<string>;
}

export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  description: string | undefined;
  sessionDuration: string;
  relayState: string | undefined;
  inlinePolicy: string;
  readonly managedPolicies: Set<string>;
  readonly created: Date;
  readonly tags: Map<string, string>;
  /** The inline policy and managed policies as last provisioned, by account: sessions have these. */
  readonly provisioned: Map<AccountId, ProvisionedPolicies>;
}

export interface ProvisionedPolicies {
  readonly inlinePolicy: string;
  readonly managedPolicies: readonly string[];
  readonly sessionDuration: string;
}

export interface Assignment {
  readonly permissionSetArn: string;
  readonly accountId: AccountId;
  readonly principalType: "USER" | "GROUP";
  readonly principalId: string;
}

/** A write that Identity Center answers with a request id and finishes later. */
export interface AsynchronousWrite {
  readonly requestId: string;
  readonly kind: "assignment creation" | "assignment deletion" | "permission set provisioning";
  readonly accountId: AccountId | undefined;
  readonly permissionSetArn: string;
  readonly principalType: "USER" | "GROUP" | undefined;
  readonly principalId: string | undefined;
  readonly created: Date;
  /** In effect from then on. */
  readonly completes: Date;
  readonly failureReason: string | undefined;
}
