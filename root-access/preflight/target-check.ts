import type { AccountId } from "#iam";
import type { AccountPlace } from "./account-place.ts";
import type { Look } from "./check.ts";

/** Whether the account is an active member of the organization: root sessions are for no other. */
export function targetCheck(
  accountId: AccountId,
  find: (signal: AbortSignal) => Promise<AccountPlace | undefined>,
): Look {
  return {
    about: "target account",
    look: async (signal) => {
      const place = await find(signal);
      if (place === undefined) {
        const what = `Account ${accountId} is not in the organization.`;
        return { state: "does not hold", what, next: "Check the account's id, and the profile's organization." };
      }
      if (place.organization.managementAccountId === accountId) {
        const what = `Account ${accountId} is the management account: root sessions are for member accounts.`;
        return {
          state: "does not hold",
          what,
          next: "Use the management account's own administrators, or its root user.",
        };
      }
      const { Name = "", State, Status } = place.account;
      const state = State ?? Status ?? "UNKNOWN";
      if (state === "ACTIVE") return { state: "holds", because: `${Name}, an active member` };
      const what = `Account ${accountId} (${Name}) is not active but ${state.toLowerCase().replaceAll("_", " ")}.`;
      return { state: "does not hold", what, next: "AWS Support can reopen a closed account within 90 days." };
    },
  };
}
