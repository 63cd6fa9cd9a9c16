/** A parsed policy: every one-or-many element is a list, so readers never meet the two spellings. */
export interface PolicyDocument {
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Exactly one of the pair is present, as in the text. */
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  /** Present in resource-based and trust policies only. */
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

/** The policy text is not a policy: AWS would refuse it with MalformedPolicyDocument. The message says where and why. */
export class MalformedPolicyError extends Error {
  override readonly name = "MalformedPolicyError";
}

/**
 * Reads a policy from its JSON text or an already parsed value.
 *
 * @throws MalformedPolicyError naming the element that is missing, unknown or of the wrong type
 */
export function parsePolicy(_policy: unknown): PolicyDocument {
  throw new MalformedPolicyError("to be written by the owner of iam/");
}
