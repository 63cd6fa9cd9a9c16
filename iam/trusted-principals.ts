import { parseAccountId } from "./account-id.ts";
import { parseArn } from "./arn.ts";

/** Who may switch to a break-glass role: IAM users and roles by their ARNs, each of them named whole. */
export interface TrustedPrincipals {
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** A principal that a break-glass role must not trust; the message says which and why. */
export class UntrustworthyPrincipalError extends Error {
  override readonly name = "UntrustworthyPrincipalError";
}

/**
 * Sorts the principals that a break-glass role is to trust.
 *
 * @throws UntrustworthyPrincipalError for `*`, an account or its root user, a session, a pattern, anything that is no ARN
 * @example parseTrustedPrincipals(["arn:aws:iam::111122223333:user/dana"])
 */
export function parseTrustedPrincipals(arns: readonly string[]): TrustedPrincipals {
  if (arns.length === 0) {
    throw new UntrustworthyPrincipalError(
      "No principal is named; name the IAM users or roles that may break the glass.",
    );
  }
  for (const arn of arns) checkPrincipal(arn);
  const ofKind = (kind: string): readonly string[] =>
    arns.filter((arn) => parseArn(arn)?.resource.startsWith(`${kind}/`));
  return { users: ofKind("user"), roles: ofKind("role") };
}

function checkPrincipal(text: string): void {
  const { partition = "", service, accountId = "", resource = "" } = parseArn(text) ?? {};
  if (text === "*" || /^\d{12}$/.test(text) || resource === "root") {
    throw untrustworthy(text, "stands for everybody in an account, its root user included");
  }
  if (/[*?]/.test(text)) throw untrustworthy(text, "is a pattern, which a trust policy does not match against");
  if (service === "sts") throw untrustworthy(text, "is a session, which ends; name its role");
  const isNamed =
    service === "iam" &&
    parseAccountId(accountId) !== undefined &&
    /^(user|role)\/([!-~]+\/)?[\w+=,.@-]{1,64}$/.test(resource);
  if (!isNamed) throw untrustworthy(text, "is not the ARN of an IAM user or role");
  if (partition !== "aws")
    throw untrustworthy(text, `is of partition ${partition}, and this kit works in partition aws`);
}

function untrustworthy(text: string, why: string): UntrustworthyPrincipalError {
  return new UntrustworthyPrincipalError(
    `"${text}" ${why}; name each IAM user or role, for example arn:aws:iam::111122223333:user/NAME.`,
  );
}
