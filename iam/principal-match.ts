import type { RequestPrincipal } from "./authorization.ts";
import { parseArn, rootUserArn } from "./arn.ts";
import type { Principals } from "./policy-document.ts";

/**
 * As whom a `Principal` element names the caller. It decides what an Allow in the resource's own account is worth: the
 * caller itself, its role, or only the account, which leaves the decision to the account's identity-based policies.
 */
export type NamedAs = "caller" | "role" | "account";

/** @returns the closest way in which the caller is named, `undefined` when it is not */
export function namedAs(principals: Principals, principal: RequestPrincipal): NamedAs | undefined {
  if (principals === "*" || principals.AWS?.includes("*")) return "caller";
  if (principal.kind === "service") return principals.Service?.includes(principal.arn) ? "caller" : undefined;
  const ways = (principals.AWS ?? []).map((value) => wayOf(value, principal));
  return closestFirst.find((way) => ways.includes(way));
}

/**
 * Whether `NotPrincipal` spares the caller. AWS checks the account, the role and the session one after the other, so
 * each of them has to be listed.
 */
export function sparedBy(notPrincipals: Principals, principal: RequestPrincipal): boolean {
  if (notPrincipals === "*" || notPrincipals.AWS?.includes("*")) return true;
  if (principal.kind === "service") return notPrincipals.Service?.includes(principal.arn) ?? false;
  const ways = (notPrincipals.AWS ?? []).map((value) => wayOf(value, principal));
  return identitiesOf(principal).every((way) => ways.includes(way));
}

const closestFirst: readonly NamedAs[] = ["caller", "role", "account"];

function wayOf(value: string, principal: RequestPrincipal): NamedAs | undefined {
  if (value === principal.arn) return "caller";
  if (principal.roleArn !== undefined && value === principal.roleArn) return "role";
  if (value !== principal.accountId && value !== accountArn(principal)) return undefined;
  return principal.kind === "root" ? "caller" : "account";
}

/** The account's principal, which is spelled like the ARN of its root user, in the caller's own partition. */
function accountArn({ arn, accountId }: RequestPrincipal): string {
  const partition = parseArn(arn)?.partition ?? "aws";
  return rootUserArn(accountId).replace("arn:aws:", `arn:${partition}:`);
}

function identitiesOf({ kind }: RequestPrincipal): readonly NamedAs[] {
  switch (kind) {
    case "assumed-role":
      return ["caller", "role", "account"];
    case "user":
      return ["caller", "account"];
    case "root":
    case "service":
      return ["caller"];
  }
}
