import type { Account } from "@aws-sdk/client-organizations";

/** What keeps an account from having root sessions. */
export interface Obstacle {
  /** One sentence. */
  readonly what: string;
  readonly next: string;
}

/**
 * Why an account has no root sessions, whoever asks for one: they are for active member accounts of the caller's organization
 * (docs/aws-behaviour.md, section 1).
 *
 * @param account as the organization lists it; `undefined` where it does not
 * @returns `undefined` for an active member
 */
export function whyNoRootSessions(
  accountId: string,
  managementAccountId: string | undefined,
  account: Account | undefined,
): Obstacle | undefined {
  if (accountId === managementAccountId) {
    return {
      what: `Account ${accountId} is the management account: root sessions are for member accounts.`,
      next: "Use the management account's own administrators, or its root user.",
    };
  }
  if (account === undefined) {
    return {
      what: `Account ${accountId} is not in the organization.`,
      next: "Check the account's id, and the profile's organization.",
    };
  }
  const state = stateOf(account);
  if (state === "ACTIVE") return undefined;
  return {
    what: `Account ${accountId} (${account.Name ?? "without a name"}) is not active but ${stateInWords(state)}.`,
    next: "AWS Support can reopen a closed account within 90 days.",
  };
}

/** `ACTIVE`, `SUSPENDED` or another of AWS's words; AWS replaces `Status` by `State`. */
export function stateOf({ State, Status }: Account): string {
  return State ?? Status ?? "UNKNOWN";
}

/** @example stateInWords("PENDING_CLOSURE") // "pending closure" */
export function stateInWords(state: string): string {
  return state.toLowerCase().replaceAll("_", " ");
}
