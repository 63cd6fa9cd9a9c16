import type { AuthorizationRequest, PolicyType } from "./authorization.ts";
import type { Finding, Findings } from "./findings.ts";
import type { NamedAs } from "./principal-match.ts";

/**
 * The first kind of policy that would have to allow a request and does not, given that nothing denies it explicitly.
 *
 * @returns `undefined` when the request is allowed
 */
export function missingAllow(
  request: AuthorizationRequest,
  findings: Findings,
  resourceMustAllow: boolean,
): PolicyType | undefined {
  if (!findings.resourceControl.every(allows)) return "resource control policy";
  if (!findings.serviceControl.every(allows)) return "service control policy";
  const sameAccount = request.principal.accountId === request.resourceAccountId;
  const grant = grantOf(findings.resource);
  const resourceAlone = request.principal.kind === "service";
  if (!grant && (resourceMustAllow || !sameAccount || resourceAlone)) return "resource-based policy";
  return missingOnCallersSide(request, findings, sameAccount ? grant : undefined);
}

/**
 * A grant by the resource in the caller's own account replaces what the caller's side would have to allow: all of it
 * where it names the user or the session, all but boundary and session policies where it names the role, nothing where
 * it names the account.
 */
function missingOnCallersSide(
  { principal }: AuthorizationRequest,
  { identity, permissionsBoundary, session }: Findings,
  grant: NamedAs | undefined,
): PolicyType | undefined {
  if (principal.kind === "root" || principal.kind === "service" || grant === "caller") return undefined;
  if (grant !== "role" && !allows(identity)) return "identity-based policy";
  if (permissionsBoundary && !allows(permissionsBoundary)) return "permissions boundary";
  if (session && !allows(session)) return "session policy";
  return undefined;
}

function allows(findings: readonly Finding[]): boolean {
  return findings.some(isAllow);
}

function grantOf(findings: readonly Finding[]): NamedAs | undefined {
  const named = findings.filter(isAllow).map(({ namedAs }) => namedAs);
  return (["caller", "role", "account"] as const).find((way) => named.includes(way));
}

function isAllow({ namedAs, statement }: Finding): boolean {
  return namedAs !== undefined && statement.effect === "Allow";
}
