import { type Circumstances, comparedInWords, type ElementTest } from "./element-test.ts";
import type { Principals, Statement } from "./policy-document.ts";
import { type NamedAs, namedAs, sparedBy } from "./principal-match.ts";

/** `Principal` or `NotPrincipal`, or the lack of both. */
export function principalTest(statement: Statement): ElementTest {
  return {
    element: statement.notPrincipals === undefined ? "Principal" : "NotPrincipal",
    holds: (circumstances) => callerNamedBy(statement, circumstances) !== undefined,
    explain: (circumstances) => inWords(statement, circumstances),
  };
}

/**
 * As whom a statement names the caller. Policies that are attached to the caller or its account name nobody: they mean
 * the caller itself.
 */
export function callerNamedBy(
  { principals, notPrincipals }: Statement,
  { request: { principal }, policyType, hasPermissionsBoundary }: Circumstances,
): NamedAs | undefined {
  if (principals !== undefined) return namedAs(principals, principal);
  if (notPrincipals === undefined) return namesPrincipals(policyType) ? undefined : "caller";
  return !hasPermissionsBoundary && sparedBy(notPrincipals, principal) ? undefined : "caller";
}

function namesPrincipals(policyType: Circumstances["policyType"]): boolean {
  return policyType === "resource-based policy" || policyType === "resource control policy";
}

function inWords(statement: Statement, circumstances: Circumstances): string {
  const { principal } = circumstances.request;
  const { principals, notPrincipals } = statement;
  if (principals !== undefined) {
    const named = namedAs(principals, principal);
    return named === undefined
      ? comparedInWords(principal.arn, undefined, listed(principals))
      : `${principal.arn} is named${named === "caller" ? "" : ` by its ${named}`}`;
  }
  if (notPrincipals === undefined) {
    return namesPrincipals(circumstances.policyType) ? "the statement names nobody" : "the policy is the caller's own";
  }
  if (!sparedBy(notPrincipals, principal)) {
    return `${principal.arn} is not spared: its account, role and session each have to be among ${listed(notPrincipals).join(", ")}`;
  }
  return circumstances.hasPermissionsBoundary
    ? `${principal.arn} is spared, which does not help a caller with a permissions boundary`
    : `${principal.arn} is spared`;
}

function listed(principals: Principals): readonly string[] {
  return principals === "*" ? ["*"] : Object.values(principals).flat();
}
