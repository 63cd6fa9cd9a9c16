import type { AccountId } from "#iam";

/** IAM Identity Center: one instance, in one Region, with its identity store. */
export interface IdentityCenterState {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  readonly region: string;
  readonly ownerAccountId: AccountId;
  readonly created: Date;
  readonly users: Map<string, StoreUser>;
  readonly groups: Map<string, StoreGroup>;
  /** By ARN. */
  readonly permissionSets: Map<string, PermissionSet>;
  /** Those in effect. */
  assignments: readonly Assignment[];
  /** Asynchronous writes by request id, oldest first. */
  readonly writes: Map<string, AsynchronousWrite>;
  /** The writes that are not in effect yet, oldest first. */
  pendingWrites: readonly AsynchronousWrite[];
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
  /** The text as it was put; empty when there is none. */
  inlinePolicy: string;
  /** ARNs of AWS managed policies. */
  readonly managedPolicies: Set<string>;
  readonly created: Date;
  readonly tags: Map<string, string>;
  /** What each account was last given: sessions have this, whatever the permission set says by now. */
  readonly provisioned: Map<AccountId, ProvisionedPermissionSet>;
}

export interface ProvisionedPermissionSet {
  /** `AWSReservedSSO_NAME_` and 16 hexadecimal digits: the role in the account. */
  readonly roleName: string;
  readonly description: string | undefined;
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
export type AsynchronousWrite = AssignmentWrite | ProvisioningWrite;

export interface AssignmentWrite extends WriteBase {
  readonly kind: "assignment creation" | "assignment deletion";
  readonly assignment: Assignment;
}

export interface ProvisioningWrite extends WriteBase {
  readonly kind: "permission set provisioning";
  /** `undefined`: every account that has the permission set. */
  readonly accountId: AccountId | undefined;
}

interface WriteBase {
  readonly requestId: string;
  readonly permissionSetArn: string;
  readonly created: Date;
  /** In effect, or failed, from then on. */
  readonly completes: Date;
  readonly failureReason: string | undefined;
}
