import { breakGlassTrustPolicy, parseTrustedPrincipals, type PolicyJson } from "#iam";

/** What the role consists of beside its name, path and inline policy. */
export interface BreakGlassRoleSettings {
  readonly description: string;
  readonly trust: PolicyJson;
  /** In seconds. */
  readonly maxSessionDuration: number;
}

/**
 * One hour, for the trusted principals alone.
 *
 * @throws UntrustworthyPrincipalError for a principal that stands for more than one identity
 */
export function breakGlassRoleSettings({
  trustedPrincipals,
  sourceIdentity,
}: {
  readonly trustedPrincipals: readonly string[];
  readonly sourceIdentity: boolean;
}): BreakGlassRoleSettings {
  return {
    description: "Break Glass - sts:AssumeRoot when IAM Identity Center cannot be reached",
    trust: breakGlassTrustPolicy(parseTrustedPrincipals(trustedPrincipals), { sourceIdentity }),
    maxSessionDuration: 3600,
  };
}
