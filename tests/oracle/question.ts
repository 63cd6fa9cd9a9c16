/** What the oracle is asked: one request, and the texts of all policies that apply to it. */
export interface Question {
  readonly request: Request;
  readonly policies: Policies;
}

export interface Request {
  /** `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly principal: Principal;
  /** Context keys and their values; a key that is absent is not in the request. Bytes are written in base64. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface Principal {
  readonly kind: "root" | "user" | "assumed-role" | "service";
  readonly accountId: string;
  readonly arn: string;
  readonly roleArn?: string;
}

/** Policies as they stand in AWS: JSON, not yet looked at. */
export interface Policies {
  readonly identity: readonly unknown[];
  /** For principals that are sessions. */
  readonly session?: readonly unknown[];
  readonly permissionsBoundary?: unknown;
  readonly resource?: unknown;
  /** Role trust policies and KMS key policies, which have to allow whatever else does. */
  readonly resourceMustAllow?: true;
  /** By level, from the organization's root to the account. */
  readonly serviceControl?: readonly (readonly unknown[])[];
  readonly resourceControl?: readonly (readonly unknown[])[];
}

export type PolicyType =
  | "resource control policy"
  | "service control policy"
  | "resource-based policy"
  | "identity-based policy"
  | "permissions boundary"
  | "session policy";

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly kind: "explicit" | "implicit";
      /** AWS names one kind of policy in its message. Where several deny explicitly it does not document which. */
      readonly policyTypes: readonly PolicyType[];
    };
