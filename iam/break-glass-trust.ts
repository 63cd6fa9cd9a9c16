import type { PolicyJson, StatementJson } from "./policy-json.ts";
import type { TrustedPrincipals } from "./trusted-principals.ts";

/**
 * The trust policy of a break-glass role: only the named principals, IAM users only with MFA. Identity Center and other
 * role sessions carry no MFA key, so none is demanded of roles (docs/aws-behaviour.md, section 4).
 *
 * @param options.sourceIdentity demands that the session names a source identity, an IAM user's own name; the console's
 *   role link sets none, so it may not serve then
 * @example breakGlassTrustPolicy(parseTrustedPrincipals(arns), { sourceIdentity: true })
 */
export function breakGlassTrustPolicy(
  { users, roles }: TrustedPrincipals,
  { sourceIdentity = false }: { readonly sourceIdentity?: boolean | undefined } = {},
): PolicyJson {
  const actions = sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole";
  const ofUsers: StatementJson = {
    Sid: "AllowUsersWithMfa",
    Effect: "Allow",
    Principal: { AWS: users },
    Action: actions,
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      // The policy variable is the caller's own name, so nobody can act under another's.
      ...(sourceIdentity ? { StringEquals: { "sts:SourceIdentity": "${aws:username}" } } : {}),
    },
  };
  const ofRoles: StatementJson = {
    Sid: "AllowRoles",
    Effect: "Allow",
    Principal: { AWS: roles },
    Action: actions,
    ...(sourceIdentity ? { Condition: { StringLike: { "sts:SourceIdentity": "?*" } } } : {}),
  };
  return {
    Version: "2012-10-17",
    Statement: [...(users.length > 0 ? [ofUsers] : []), ...(roles.length > 0 ? [ofRoles] : [])],
  };
}

/** Characters of a role's trust policy, white space not counted, that IAM takes where the account never asked for more. */
export const largestTrustPolicy = 2048;

/** What the trusted users and roles need on their side: `sts:AssumeRole` on exactly that role, never on `*`. */
export function switchRolePolicy(
  roleArn: string,
  { sourceIdentity = false }: { readonly sourceIdentity?: boolean | undefined } = {},
): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowBreakGlassRole",
        Effect: "Allow",
        Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
        Resource: roleArn,
      },
    ],
  };
}
