/** A parsed policy: every one-or-many element is a list, so readers never meet the two spellings. */
export interface PolicyDocument {
  readonly version: PolicyVersion;
  readonly id?: string;
  readonly statements: readonly Statement[];
}

/** Policy variables exist since 2012-10-17; before that `${…}` is plain text. */
export type PolicyVersion = "2008-10-17" | "2012-10-17";

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Exactly one of the pair is present, as in the text. */
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  /** At most one of the pair is present; neither in trust policies, whose resource is the role itself. */
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** Present in resource-based and trust policies only. `NotPrincipal` goes with `Deny` only. */
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly conditions: readonly Condition[];
}

/** `"*"` or the lists by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`. */
export type Principals = "*" | Readonly<Partial<Record<PrincipalKind, readonly string[]>>>;
export type PrincipalKind = "AWS" | "Service" | "Federated" | "CanonicalUser";

/** One operator applied to one key, for example `StringEquals` on `sts:TaskPolicyArn`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * What a policy is attached to, which decides the elements it must and must not have: policies of identities, sessions
 * and boundaries and service control policies name no principal; those of resources name one, and so do resource
 * control policies; a role's trust policy names one and no resource.
 */
export type PolicyPurpose = "identity" | "resource" | "trust";
