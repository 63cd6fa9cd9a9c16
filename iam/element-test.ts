import type { AuthorizationRequest, ElementTrace, PolicyType } from "./authorization.ts";
import type { RequestContext } from "./request-context.ts";

/** A request as statements look at it. */
export interface Circumstances {
  readonly policyType: PolicyType;
  readonly request: AuthorizationRequest;
  readonly context: RequestContext;
  /** AWS applies every Deny with `NotPrincipal` to a caller that has a permissions boundary, whoever it spares. */
  readonly hasPermissionsBoundary: boolean;
}

/** One element of a statement, made ready for many requests. */
export interface ElementTest {
  readonly element: ElementTrace["element"];
  readonly holds: (circumstances: Circumstances) => boolean;
  /** Why it holds or does not, for a person. */
  readonly explain: (circumstances: Circumstances) => string;
}

/** @returns `s3:GetObject matches s3:Get*`, or none of them */
export function comparedInWords(value: string, matching: string | undefined, patterns: readonly string[]): string {
  if (matching !== undefined) return matching === value ? `it is ${value}` : `${value} matches ${matching}`;
  return patterns.length === 1
    ? `${value} does not match ${patterns[0] ?? ""}`
    : `${value} matches none of ${patterns.join(", ")}`;
}
