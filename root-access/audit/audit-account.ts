import type { AccountId } from "#iam";
import type { MemberAccount } from "../member-accounts.ts";
import { stateInWords } from "../no-root-sessions.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { RootSession } from "../root-session.ts";
import type { AccountAudit } from "./account-audit.ts";
import type { readRootCredentials } from "./root-credentials.ts";

/** How an account is read. */
export interface AccountReading {
  readonly openSession: (accountId: AccountId) => Promise<RootSession>;
  readonly credentialsOf: (session: RootSession) => ReturnType<typeof readRootCredentials>;
}

/**
 * One member account's root credentials. That it cannot be read is a result with its reason.
 *
 * @throws RootAccessError for what concerns every account alike, and `cancelled` for the signal
 */
export async function auditAccount(
  member: MemberAccount,
  { openSession, credentialsOf }: AccountReading,
): Promise<AccountAudit> {
  const account = { account: member.id, ...(member.name === undefined ? {} : { name: member.name }) };
  if (member.state !== undefined && member.state !== "ACTIVE") {
    return { ...account, outcome: "skipped", why: stateInWords(member.state) };
  }
  try {
    const credentials = await credentialsOf(await sessionIn(member.id, openSession));
    return credentials ? { ...account, outcome: "findings", credentials } : { ...account, outcome: "clean" };
  } catch (error) {
    if (!(error instanceof RootAccessError) || error instanceof ConcernsEveryAccount) throw error;
    if (error.reason === "cancelled") throw error;
    return { ...account, outcome: "not read", why: [error.failure.what, error.failure.next].join(" ").trim() };
  }
}

/** What would be said of every account alike is said once. */
class ConcernsEveryAccount extends RootAccessError {}

async function sessionIn(accountId: AccountId, openSession: AccountReading["openSession"]): Promise<RootSession> {
  try {
    return await openSession(accountId);
  } catch (error) {
    throw error instanceof RootAccessError && concernsEveryAccount(error)
      ? new ConcernsEveryAccount(error.failure)
      : error;
  }
}

/** The caller's own credentials, the way to AWS, or the organization's settings (docs/aws-behaviour.md, section 1). */
function concernsEveryAccount({ failure: { reason, aws } }: RootAccessError): boolean {
  if (reason === "not-authenticated" || reason === "refused") return true;
  if (aws === undefined) return reason === "aws-failed";
  return /not enabled for (your )?AWS Organizations?/.test(aws.message);
}
