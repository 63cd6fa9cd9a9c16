import type { Administrator } from "./administrator.ts";

export interface LockOutQuestion {
  /** The resource's policy, exactly as the service returned it. */
  readonly policyText: string;
  /** ARN of the bucket or queue. */
  readonly resource: string;
  readonly ownerAccountId: string;
  /** When the administrators would ask: some policies deny by time. */
  readonly at: Date;
  /**
   * ARNs of the account's roles and users that are known to exist, to be usable, and to be allowed to administer the
   * resource. Nobody else that a policy spares is counted on.
   */
  readonly administrators?: readonly string[];
  /** The account's organization, `o-…`, where known. */
  readonly organizationId?: string;
  /**
   * Condition keys and values that the administrators' requests are known to have, such as
   * `{ "aws:SourceVpce": "vpce-1a2b3c4d" }`; they take the place of the table of assumptions.
   */
  readonly circumstances?: Readonly<Record<string, string | readonly string[]>>;
}

export interface LockOut {
  /** Statements that keep every administrator out, in the order of the text. Empty: the resource is not locked. */
  readonly locks: readonly LockingStatement[];
  readonly stays: readonly StayingStatement[];
  readonly remedy: Remedy;
  /** Who gets in afterwards, and how the requests are made. */
  readonly administrator: Administrator;
}

/** What to do with the policy: nothing, delete it because no statement would be left, or put this text in its place. */
export type Remedy =
  { readonly kind: "leave" } | { readonly kind: "delete" } | { readonly kind: "put"; readonly policyText: string };

export interface PolicyStatement {
  /** See `statementNames`. */
  readonly name: string;
  /** As it stands in the policy. */
  readonly text: string;
}

export interface LockingStatement extends PolicyStatement {
  /** The actions on the policy that it denies. */
  readonly denies: readonly string[];
  /** Why it applies to an administrator, element by element. */
  readonly because: readonly string[];
  /** What would let somebody around it, as far as is not known here: it locks unless one of these is so. */
  readonly unless: readonly string[];
}

export interface StayingStatement extends PolicyStatement {
  /** For a Deny: why it does not apply to the administrator. Empty for an Allow. */
  readonly because: readonly string[];
}
