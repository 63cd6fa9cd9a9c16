import { type AccountId, parseAccountId, type TaskName, taskNames } from "#iam";
import { reviewAccount } from "./account-review.ts";
import type { Configuration } from "./configuration.ts";
import type { Organization } from "./organization-facts.ts";

/** What the configured people are to reach: the tasks, and the member accounts. */
export interface RootSessionReach {
  readonly tasks: ReadonlySet<TaskName>;
  readonly accounts: readonly AccountId[];
}

/**
 * The union over all permission sets. Active member accounts only: no root session is opened in the management account,
 * and a suspended one is of no use (docs/aws-behaviour.md, section 1).
 */
export function rootSessionReach(
  { permissionSets }: Pick<Configuration, "permissionSets">,
  organization: Organization,
): RootSessionReach {
  const members = activeMembers(organization);
  const named = permissionSets.flatMap(({ targetAccounts }) => targetAccounts ?? []);
  const isLimited = permissionSets.every(({ targetAccounts }) => targetAccounts !== undefined);
  return {
    tasks: new Set(permissionSets.flatMap(({ tasks = taskNames }) => tasks)),
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
