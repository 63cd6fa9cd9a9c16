import { MalformedPolicyError } from "./malformed-policy-error.ts";
import type { PrincipalKind, Principals } from "./policy-document.ts";
import type { PrincipalsText } from "./policy-schema.ts";

/** @throws MalformedPolicyError when a value cannot name a principal of its kind */
export function parsePrincipals(text: PrincipalsText, place: string): Principals {
  if (text === "*") return "*";
  const byKind = kinds.flatMap((kind) => {
    const values = text[kind];
    return values === undefined ? [] : [[kind, [values].flat().map((value) => checked(kind, value, place))] as const];
  });
  if (byKind.every(([, values]) => values.length === 0)) {
    throw new MalformedPolicyError(`${place}: no principal is named.`);
  }
  return Object.fromEntries(byKind);
}

const kinds: readonly PrincipalKind[] = ["AWS", "Service", "Federated", "CanonicalUser"];

function checked(kind: PrincipalKind, value: string, place: string): string {
  if (forms[kind].test(value)) return value;
  throw new MalformedPolicyError(`${place}.${kind}: "${value}" is not a principal of this kind.`);
}

/**
 * `AWS` takes `*` alone, an account, an ARN without wildcards, or the unique id into which AWS turns the ARN of a
 * deleted user or role.
 */
const forms: Readonly<Record<PrincipalKind, RegExp>> = {
  AWS: /^(?:\*|\d{12}|arn:[a-z-]+:(?:iam|sts)::\d{12}:(?:root|[a-z-]+\/[^*?]+)|arn:[a-z-]+:iam::cloudfront:user\/[^*?]+|A[A-Z0-9]{15,127})$/,
  Service: /^[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|internal)$/,
  Federated: /^[^*?\s]+$/,
  CanonicalUser: /^[0-9a-f]{64}$/,
};
