import type { AccountId } from "#iam";
import { whyNoRootSessions } from "../no-root-sessions.ts";
import type { AccountPlace } from "./account-place.ts";
import type { Look } from "./check.ts";

/** Whether the account is an active member of the organization: root sessions are for no other. */
export function targetCheck(
  accountId: AccountId,
  find: (signal: AbortSignal) => Promise<AccountPlace | undefined>,
): Look {
  return {
    about: "target account",
    tooSlow: `make sure that --account ${accountId} is the right one: the organization was not searched to its end`,
    look: async (signal) => {
      const place = await find(signal);
      const obstacle = whyNoRootSessions(accountId, place?.organization.managementAccountId, place?.account);
      if (obstacle !== undefined) return { state: "does not hold", ...obstacle };
      return { state: "holds", because: `${place?.account.Name ?? ""}, an active member` };
    },
  };
}
