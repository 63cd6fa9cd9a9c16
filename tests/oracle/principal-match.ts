import type { Principals } from "./policy-text.ts";
import type { Principal } from "./question.ts";

/** As what a `Principal` element names somebody ("AWS JSON policy elements: Principal"). */
export type Named = "everyone" | "itself" | "its role" | "its account";

export function waysNamed(principals: Principals, principal: Principal): readonly Named[] {
  const { AWS = [], Service = [] } = principals;
  const ways: Named[] = [];
  if (AWS.includes("*")) ways.push("everyone");
  if (principal.kind === "service") return Service.includes(principal.arn) ? [...ways, "itself"] : ways;
  if (AWS.includes(principal.arn)) ways.push("itself");
  if (principal.roleArn !== undefined && AWS.includes(principal.roleArn)) ways.push("its role");
  // "You can specify an account by its ARN or by its id": the two mean the same.
  const account = [principal.accountId, `arn:aws:iam::${principal.accountId}:root`];
  if (AWS.some((value) => account.includes(value))) ways.push("its account");
  return ways;
}

/**
 * "AWS JSON policy elements: NotPrincipal": AWS looks at the account, then the role, then the session, so that all of
 * them have to be excepted.
 */
export function isExcepted(notPrincipals: Principals, principal: Principal): boolean {
  const ways = waysNamed(notPrincipals, principal);
  if (ways.includes("everyone")) return true;
  switch (principal.kind) {
    case "service":
      return ways.includes("itself");
    case "root":
      return ways.includes("its account");
    case "user":
      return ways.includes("itself") && ways.includes("its account");
    case "assumed-role":
      return ways.includes("itself") && ways.includes("its role") && ways.includes("its account");
  }
}
