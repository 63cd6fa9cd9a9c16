import { parseAccountId } from "#iam";
import {
  allowRecovery,
  localFolder,
  type MemberAccount,
  recordedRun,
  type RecoveryResult,
  type RunResult,
} from "#root-access";
import { connect, type ConnectionFlags } from "../connection.ts";
import { CommandError, exitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { type ReasonFlags, recordedReason } from "../recorded-reason.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import { note, noteTo, tell } from "../sentences.ts";
import type { Terminal } from "../terminal.ts";
import { checkSomebodyCanType, type ConfirmationFlags, isTyped } from "./typed-account.ts";

export interface RecoveryFlags extends ConnectionFlags, ReasonFlags, ConfirmationFlags {
  readonly account: string;
  readonly output: "table" | "json";
}

/** `break-glass credentials allow-recovery`: lets the owner of a root mailbox set a root password. */
export async function runAllowRecovery(terminal: Terminal, flags: RecoveryFlags): Promise<void> {
  await withExitCodes(async () => {
    const accountId = parseAccountId(flags.account);
    if (accountId === undefined) {
      throw new CommandError(
        exitCode.usage,
        `--account "${flags.account}" is not an AWS account id: it has twelve digits.`,
      );
    }
    checkSomebodyCanType(terminal, flags);
    const breakGlass = await connect(flags);
    const run = {
      folder: localFolder("records"),
      what: {
        verb: "credentials allow-recovery",
        account: accountId,
        task: "IAMCreateRootUserPassword",
        ...(flags.dryRun ? { dryRun: true as const } : {}),
      },
      why: recordedReason(flags),
      resultOf: ({ outcome }: RecoveryResult): RunResult => ({
        is: outcome === "already allowed" ? "nothing to do" : "done",
        sentence: outcome,
      }),
      onNote: noteTo(terminal),
    };
    const result = await interruptible((signal) =>
      recordedRun(run, (record) =>
        allowRecovery({
          breakGlass,
          accountId,
          record,
          dryRun: flags.dryRun,
          ...(flags.yes ? {} : { confirm: (account: MemberAccount) => confirmed(terminal, account) }),
          onNote: noteTo(terminal),
          signal,
        }),
      ),
    );
    if (flags.output === "json") terminal.result(JSON.stringify(result));
    else tell(terminal, sentences(result));
  });
}

function confirmed(terminal: Terminal, account: MemberAccount): Promise<boolean> {
  note(terminal, `\n${consequence(account)}\n`);
  return isTyped(account, `allow password recovery in ${account.id}`);
}

/** What it makes possible, and to whom. */
function consequence({ id, email }: MemberAccount): string {
  const mailbox = email === undefined ? "the mail of its root user's address" : `the mail of ${email}`;
  return (
    `Whoever reads ${mailbox} can then set a password at https://signin.aws.amazon.com (root user, "Forgot password") ` +
    `and is the root user of ${id}: without limits, without MFA until one is registered.`
  );
}

function sentences({ outcome, account }: RecoveryResult): string {
  const afterwards = `When that is done, take it back: break-glass credentials delete --account ${account.id}`;
  switch (outcome) {
    case "allowed":
      return `Password recovery is allowed for the root user of ${account.id}. ${consequence(account)}\n${afterwards}`;
    case "would be allowed":
      return `Password recovery would be allowed for the root user of ${account.id}. ${consequence(account)}\nNothing has been changed.`;
    case "already allowed":
      return `The root user of ${account.id} has a password already, or may set one by mail: AWS does not tell which. Nothing has been changed.`;
  }
}
