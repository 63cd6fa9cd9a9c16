import { parseAccountId, parseArn, type PolicyDocument } from "#iam";
import { iamOf, type State } from "../state/state.ts";

/**
 * The first user or role that a resource-based policy names and that does not exist. AWS refuses such a policy. Accounts
 * outside the organization are not looked into: they may have anybody.
 */
export function unknownPrincipal(document: PolicyDocument, state: State): string | undefined {
  return document.statements
    .flatMap(({ principals, notPrincipals }) => [principals, notPrincipals])
    .flatMap((named) => (named === undefined || named === "*" ? [] : (named.AWS ?? [])))
    .find((principal) => !isKnown(principal, state));
}

function isKnown(principal: string, state: State): boolean {
  const arn = parseArn(principal);
  const accountId = parseAccountId(arn?.accountId ?? "");
  if (arn?.service !== "iam" || accountId === undefined || !state.organization.accounts.has(accountId)) return true;
  const iam = iamOf(state, accountId);
  if (arn.resource.startsWith("user/")) return [...iam.users.values()].some((user) => user.arn === principal);
  if (arn.resource.startsWith("role/")) return [...iam.roles.values()].some((role) => role.arn === principal);
  return true;
}
