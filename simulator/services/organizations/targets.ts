import { parseAccountId } from "#iam";
import type { OrganizationAccount, OrganizationState } from "../../state/organization.ts";
import { invalidPattern, notFound } from "./faults.ts";

/** What policies attach to and tags hang on: the root, an organizational unit or an account. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT";
}

export function targetNamed(id: string, organization: OrganizationState): Target | undefined {
  const { root } = organization;
  if (id === root.id) return { id, arn: root.arn, name: rootName, type: "ROOT" };
  const unit = organization.organizationalUnits.get(id);
  if (unit) return { id, arn: unit.arn, name: unit.name, type: "ORGANIZATIONAL_UNIT" };
  const account = accountNamed(id, organization);
  return account && { id, arn: account.arn, name: account.name, type: "ACCOUNT" };
}

/** Organizations names every root so. */
export const rootName = "Root";

export function accountNamed(id: string, organization: OrganizationState): OrganizationAccount | undefined {
  const accountId = parseAccountId(id);
  return accountId && organization.accounts.get(accountId);
}

/** @throws AwsFault InvalidInputException for what is no account id, AccountNotFoundException */
export function existingAccount(id: string, organization: OrganizationState): OrganizationAccount {
  if (parseAccountId(id) === undefined) throw invalidPattern();
  const account = accountNamed(id, organization);
  if (!account) throw notFound("AccountNotFoundException");
  return account;
}

/** The ARN that policies have to allow; `*` for what does not exist, so that only unlimited policies get to see that. */
export function arnOf(id: string, organization: OrganizationState): string {
  return targetNamed(id, organization)?.arn ?? organization.policies.get(id)?.arn ?? "*";
}

/** @throws AwsFault ParentNotFoundException unless `id` is the root or an organizational unit */
export function checkIsParent(id: string, organization: OrganizationState): void {
  const type = targetNamed(id, organization)?.type;
  if (type === undefined || type === "ACCOUNT") throw notFound("ParentNotFoundException");
}
