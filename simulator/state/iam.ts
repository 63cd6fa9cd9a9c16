import type { AccountId, NamedPolicy } from "#iam";

/** IAM of one account. */
export interface IamState {
  readonly rootUser: RootUser;
  readonly users: Map<string, IamUser>;
  readonly roles: Map<string, IamRole>;
  readonly aliases: Set<string>;
  /** By ARN. */
  readonly openIdConnectProviders: Map<string, OpenIdConnectProvider>;
  /** Serial numbers of virtual MFA devices that belong to nobody: deactivated, not yet deleted. */
  readonly unassignedMfaDevices: Set<string>;
}

/** What a root user or an IAM user proves itself with. */
export interface CredentialHolder {
  loginProfile?: LoginProfile;
  readonly accessKeys: AccessKey[];
  readonly signingCertificates: SigningCertificate[];
  readonly mfaDevices: MfaDevice[];
}

export interface LoginProfile {
  readonly created: Date;
  readonly passwordResetRequired: boolean;
}

/** The root user's own credentials; centralized root access exists to have none. */
export type RootUser = CredentialHolder;

export interface IamUser extends CredentialHolder {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  readonly inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: Set<string>;
  readonly tags: Map<string, string>;
}

export interface IamRole {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  description: string;
  maxSessionSeconds: number;
  trustPolicy: string;
  readonly inlinePolicies: Map<string, string>;
  readonly attachedPolicies: Set<string>;
  readonly tags: Map<string, string>;
}

/** An identity provider that the account trusts, known by its URL without the scheme. */
export interface OpenIdConnectProvider {
  readonly host: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly created: Date;
  readonly tags: Map<string, string>;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  status: "Active" | "Inactive";
  readonly created: Date;
  lastUsed?: { readonly at: Date; readonly service: string; readonly region: string };
}

export interface SigningCertificate {
  readonly id: string;
  readonly body: string;
  readonly status: "Active" | "Inactive";
  readonly uploaded: Date;
}

export interface MfaDevice {
  readonly serialNumber: string;
  readonly enabled: Date;
}

export function emptyIamState(): IamState {
  return {
    rootUser: { accessKeys: [], signingCertificates: [], mfaDevices: [] },
    users: new Map(),
    roles: new Map(),
    openIdConnectProviders: new Map(),
    aliases: new Set(),
    unassignedMfaDevices: new Set(),
  };
}

/** An access key or a session: what a signature names, and who is behind it. */
export type Credential = LongTermKey | Session;

export interface LongTermKey {
  readonly kind: "long-term key";
  readonly accountId: AccountId;
  /** `undefined`: the root user's. */
  readonly userName: string | undefined;
  readonly key: AccessKey;
}

export type Session = RootSession | RoleSession;

interface SessionBase {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly created: Date;
  readonly expires: Date;
  readonly accountId: AccountId;
  readonly sourceIdentity: string | undefined;
}

/** Opened by sts:AssumeRoot: the member account's root, limited by one task policy. */
export interface RootSession extends SessionBase {
  readonly kind: "root session";
  readonly taskPolicy: NamedPolicy;
}

/** Opened by sts:AssumeRole or by Identity Center. */
export interface RoleSession extends SessionBase {
  readonly kind: "role session";
  readonly roleName: string;
  readonly sessionName: string;
  /** Given in the request; undefined when the session is not limited further. */
  readonly sessionPolicies: readonly NamedPolicy[] | undefined;
}
