import type { PolicyDocument } from "./policy-document.ts";

/** What is asked of the policies: may this principal do this action on this resource, under these circumstances? */
export interface AuthorizationRequest {
  /** Service prefix and action, `s3:GetBucketPolicy`. */
  readonly action: string;
  /** The resource's ARN, or `*` for actions that have none. */
  readonly resource: string;
  readonly principal: RequestPrincipal;
  /** The account that owns the resource; the principal's own account when the action has no resource. */
  readonly resourceAccountId: string;
  /** Condition keys and their values. Keys compare without regard to case. Absent means absent: `Null` sees it. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Who asks. A root user and a root session have `kind: "root"`: they are allowed within their account unless denied. */
export interface RequestPrincipal {
  readonly kind: "root" | "user" | "assumed-role" | "service";
  readonly accountId: string;
  /** The ARN that AWS names in messages: of the session for an assumed role. */
  readonly arn: string;
  /** For an assumed role: the role's own ARN, which `Principal` elements and `aws:PrincipalArn` name. */
  readonly roleArn?: string;
}

export type PolicyType =
  | "identity-based policy"
  | "resource-based policy"
  | "session policy"
  | "permissions boundary"
  | "service control policy"
  | "resource control policy";

export interface NamedPolicy {
  /** Name, id or ARN, for the trace and for messages to people. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/**
 * The policies that apply to a request. `undefined` means that the type sets no limit or does not exist; an empty list
 * means that it exists and grants nothing.
 */
export interface ApplicablePolicies {
  readonly identity: readonly NamedPolicy[];
  readonly session?: readonly NamedPolicy[];
  readonly permissionsBoundary?: NamedPolicy;
  readonly resource?: NamedPolicy;
  /**
   * Role trust policies and KMS key policies: without an Allow in the resource-based policy nothing is allowed, in the
   * same account too. Identity-based policies count in addition where that Allow names the whole account.
   */
  readonly resourceMustAllow?: true;
  /** One list for each level from the organization's root down to the account: every level has to allow. */
  readonly serviceControl?: readonly (readonly NamedPolicy[])[];
  readonly resourceControl?: readonly (readonly NamedPolicy[])[];
}

export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  /** Every statement of every policy, in the order of the evaluation. Put into words when it is first read. */
  readonly trace: readonly TraceLine[];
}

export interface Denied {
  readonly allowed: false;
  /** explicit: a Deny statement matched; implicit: nothing of `policyType` allowed it. */
  readonly kind: "explicit" | "implicit";
  readonly policyType: PolicyType;
  /** Name of the policy whose statement denied; absent for an implicit deny. */
  readonly policy?: string;
  /** See `statementNames`. */
  readonly statement?: string;
  /** As for {@link Allowed}. */
  readonly trace: readonly TraceLine[];
}

/** One statement considered: what it was and why it did or did not match, in words a person can read. */
export interface TraceLine {
  readonly policyType: PolicyType;
  readonly policy: string;
  readonly statement: string;
  readonly effect: "Allow" | "Deny";
  /** Whether every element matched. */
  readonly matched: boolean;
  /** Every element of the statement, conditions one by one, whether or not an earlier one already failed. */
  readonly elements: readonly ElementTrace[];
}

export interface ElementTrace {
  readonly element: "Action" | "NotAction" | "Resource" | "NotResource" | "Principal" | "NotPrincipal" | "Condition";
  readonly matched: boolean;
  /** Which value of the request met or missed which pattern, or which condition key the request does not have. */
  readonly because: string;
}
