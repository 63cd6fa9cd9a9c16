import { parseAccountId, parseArn, type PolicyDocument, type Principals } from "#iam";
import { iamOf } from "../../state/state.ts";
import type { State } from "../../state/state.ts";
import { malformed } from "./policy-text.ts";

/**
 * A trust policy can name only who exists: IAM looks every ARN up when the policy is stored.
 *
 * @throws AwsFault MalformedPolicyDocument naming the principal
 */
export function checkPrincipalsExist({ statements }: PolicyDocument, state: State): void {
  const named = statements.flatMap(({ principals, notPrincipals }) => [...arns(principals), ...arns(notPrincipals)]);
  const unknown = named.find((principal) => !exists(principal, state));
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${unknown}"`);
}

function arns(principals: Principals | undefined): readonly string[] {
  return principals === undefined || principals === "*" ? [] : (principals.AWS ?? []);
}

/** Of accounts outside of the organization the sandbox knows nothing: what they name is taken as it is. */
function exists(principal: string, state: State): boolean {
  if (principal === "*" || parseAccountId(principal) !== undefined) return true;
  const arn = parseArn(principal);
  const accountId = parseAccountId(arn?.accountId ?? "");
  if (!arn || accountId === undefined) return /^A(IDA|ROA)[A-Z0-9]+$/.test(principal);
  if (!state.organization.accounts.has(accountId) || arn.resource === "root") return true;
  const { users, roles } = iamOf(state, accountId);
  const name = arn.resource.split("/").at(-1) ?? "";
  if (arn.service === "sts") return roles.has(arn.resource.split("/")[1] ?? "");
  return users.get(name)?.arn === principal || roles.get(name)?.arn === principal;
}
