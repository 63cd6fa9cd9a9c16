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
    ...settingsOfEveryRole,
    trust: breakGlassTrustPolicy(parseTrustedPrincipals(trustedPrincipals), { sourceIdentity }),
  };
}

/** Those that are the same whoever is trusted. */
export const settingsOfEveryRole: Omit<BreakGlassRoleSettings, "trust"> = {
  description: "Break Glass - sts:AssumeRoot when IAM Identity Center cannot be reached",
  maxSessionDuration: 3600,
};
