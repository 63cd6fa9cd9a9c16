import { type AccountId, parseAccountId, type TaskName, taskNames } from "#iam";
import { reviewAccount } from "../plan/account-review.ts";
import type { Configuration } from "../configuration/configuration.ts";
import type { Organization } from "../facts/organization-facts.ts";
import type { PolicyConfiguration } from "../configuration/safeguards-configuration.ts";

/** What the configured people are to reach: the tasks, and the member accounts. */
export interface RootSessionReach {
  readonly tasks: ReadonlySet<TaskName>;
  readonly accounts: readonly AccountId[];
}

/**
 * The union over all permission sets and the break-glass role. Active member accounts only: no root session is opened in the management account,
 * and a suspended one is of no use (docs/aws-behaviour.md, section 1).
 */
export function rootSessionReach(
  { permissionSets, breakGlassRole }: Pick<Configuration, "permissionSets" | "breakGlassRole">,
  organization: Organization,
): RootSessionReach {
  const members = activeMembers(organization);
  const grants: readonly PolicyConfiguration[] = [...permissionSets, ...(breakGlassRole ? [breakGlassRole] : [])];
  const named = grants.flatMap(({ targetAccounts }) => targetAccounts ?? []);
  const isLimited = grants.every(({ targetAccounts }) => targetAccounts !== undefined);
  return {
    tasks: new Set(grants.flatMap(({ tasks = taskNames }) => tasks)),
    accounts: isLimited ? [...new Set(named.flatMap((text) => accountOf(text, organization)))] : members,
  };
}

function activeMembers({ accounts, managementAccountId }: Organization): readonly AccountId[] {
  return accounts
    .filter(({ id, state }) => state === "ACTIVE" && id !== managementAccountId)
    .flatMap(({ id }) => parseAccountId(id) ?? []);
}

/** Names that fit no account have been refused by the time. */
function accountOf(text: string, organization: Organization): readonly AccountId[] {
  const review = reviewAccount("", text, organization);
  return "accepted" in review ? [review.accepted] : [];
}
