import { parseAccountId, parseArn, permissionSetRoleArn } from "#iam";
import type { Denial } from "./denial.ts";
import type { DenyingStatement } from "./denying-statement.ts";
import type { Change } from "./diagnosis.ts";
import { isRootUser, permissionSetOfRole } from "./principal-arn.ts";

/**
 * A statement of an organization policy with what it denied excepted: root sessions by `aws:AssumedRoot`, anybody else by
 * their own ARN. Everything else that it denies stays denied (docs/aws-behaviour.md, section 7).
 */
export function exempted(
  { said }: Denial,
  type: "service control policy" | "resource control policy",
  statement: DenyingStatement | undefined,
): Change {
  const exemption = exemptionFor(said?.principalArn ?? "");
  const where = "In the management account, or where policies are delegated";
  if (!statement) {
    const policy = said?.policyArn ?? `the ${type} that denies it`;
    return {
      what: `${where}, add this condition to the denying statement of ${policy}:`,
      json: { Condition: exemption },
    };
  }
  return {
    what: `${where}, replace statement ${statement.statement} of ${statement.policy} by:`,
    json: { ...statement.json, Condition: merged(conditionsOf(statement), exemption) },
  };
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function exemptionFor(principalArn: string): Conditions {
  if (isRootUser(principalArn)) return { Null: { "aws:AssumedRoot": "true" } };
  return { ArnNotLike: { "aws:PrincipalArn": rolePattern(principalArn) } };
}

/** A session's ARN does not tell the path of its role. */
function rolePattern(principalArn: string): string {
  const { accountId = "", resource = "" } = parseArn(principalArn) ?? {};
  const [kind, role] = resource.split("/");
  if (kind !== "assumed-role" || role === undefined) return principalArn;
  const account = parseAccountId(accountId);
  const set = permissionSetOfRole(role);
  return account && set !== undefined ? permissionSetRoleArn(account, set) : `arn:aws:iam::${accountId}:role/*${role}`;
}

function conditionsOf({ json }: DenyingStatement): Conditions {
  const { Condition } = json;
  return isConditions(Condition) ? Condition : {};
}

function isConditions(value: unknown): value is Conditions {
  return typeof value === "object" && value !== null && Object.values(value).every((keys) => typeof keys === "object");
}

/** Values of one operator and key are joined: a negated operator denies only what matches none of them. */
function merged(conditions: Conditions, exemption: Conditions): Conditions {
  const result: Record<string, Readonly<Record<string, unknown>>> = { ...conditions };
  for (const [operator, keys] of Object.entries(exemption)) {
    const before = conditions[operator] ?? {};
    const joined: Record<string, unknown> = { ...before };
    for (const [key, value] of Object.entries(keys)) joined[key] = joinedValues(before[key], value);
    result[operator] = joined;
  }
  return result;
}

function joinedValues(before: unknown, value: unknown): unknown {
  if (before === undefined || before === value) return value;
  const values: readonly unknown[] = Array.isArray(before) ? before : [before];
  return [...values, value];
}
