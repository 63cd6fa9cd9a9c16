import type { AccountId, NamedPolicy, RequestPrincipal } from "#iam";

/** Who sent a request, as its signature proved. */
export interface Caller {
  readonly principal: RequestPrincipal;
  readonly accountId: AccountId;
  readonly accessKeyId: string;
  /** `AIDA…`, `AROA…:session` or, for root, the account id: what GetCallerIdentity answers. */
  readonly userId: string;
  /** Name of the IAM user; absent for sessions and root. */
  readonly userName?: string;
  readonly identityPolicies: readonly NamedPolicy[];
  readonly sessionPolicies?: readonly NamedPolicy[];
  readonly session?: CallerSession;
}

export interface CallerSession {
  readonly created: Date;
  readonly sourceIdentity: string | undefined;
  /** Opened by sts:AssumeRoot. */
  readonly assumedRoot: boolean;
}
