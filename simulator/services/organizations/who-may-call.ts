import type { Call } from "../service.ts";
import { accessDenied } from "./faults.ts";

/**
 * The management account may do everything that its policies allow. A registered delegated administrator, of whatever
 * service, may read. Other member accounts may only describe the organization (docs/aws-behaviour.md, section 3).
 *
 * @throws AwsFault AccessDeniedException in the words that the console repeats
 */
export function checkMayRead({ caller, state: { organization } }: Call): void {
  const { accountId } = caller;
  if (accountId === organization.managementAccountId) return;
  const registrations = [...organization.delegatedAdministrators.values()];
  if (!registrations.some((accounts) => accounts.has(accountId))) throw accessDenied();
}

/** @throws AwsFault AccessDeniedException unless the caller is in the management account */
export function checkIsManagementAccount({ caller, state: { organization } }: Call): void {
  if (caller.accountId !== organization.managementAccountId) throw accessDenied();
}
