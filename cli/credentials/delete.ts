import { join } from "node:path";
import {
  type AccountChoice,
  type AccountDeletion,
  defaultAuditFolder,
  deleteInAccounts,
  type DeletionRequest,
  localFolder,
  parseAccountChoice,
  recordedRun,
  type RootCredentialFindings,
  type RunResult,
} from "#root-access";
import { auditTable } from "../audit/table.ts";
import { connect, type ConnectionFlags } from "../connection.ts";
import { counted } from "../counted.ts";
import { CommandError, exitCode, nothingChanged } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { type ReasonFlags, recordedReason } from "../recorded-reason.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import { noteTo } from "../sentences.ts";
import type { Terminal } from "../terminal.ts";
import { deletionTable, deletionTotals, totalsSentence } from "./deletion-table.ts";
import { checkSomebodyCanType, type ConfirmationFlags, isTyped } from "./typed-account.ts";

export interface DeleteFlags extends ConnectionFlags, ReasonFlags, ConfirmationFlags {
  readonly account: readonly string[];
  readonly all: boolean;
  readonly confirmAll: boolean;
  readonly output: "table" | "json";
}

/** `break-glass credentials delete`: deletes what credentials member accounts' root users have. */
export async function runDelete(terminal: Terminal, flags: DeleteFlags): Promise<void> {
  await withExitCodes(async () => {
    const choice = chosen(flags);
    checkSomebodyCanType(terminal, flags);
    const breakGlass = await connect(flags);
    const run = {
      folder: localFolder("records"),
      what: recordedSubject(choice, flags),
      why: recordedReason(flags),
      resultOf: recordedResult,
      onNote: noteTo(terminal),
    };
    const results = await interruptible((signal) =>
      recordedRun(run, (record) =>
        report(terminal, flags, {
          breakGlass,
          choice,
          // Apart from the audits that somebody asked for, and may go on with.
          folder: join(defaultAuditFolder(), "before-deletions"),
          record,
          dryRun: flags.dryRun,
          ...(flags.yes ? {} : { confirm: (findings) => confirmed(terminal, findings) }),
          onNote: noteTo(terminal),
          signal,
        }),
      ),
    );
    if (results.some(({ outcome }) => outcome === "failed")) process.exitCode = exitCode.checkDidNotHold;
  });
}

function chosen({ account, all, confirmAll, dryRun }: DeleteFlags): AccountChoice {
  if (all === account.length > 0) {
    throw new CommandError(
      exitCode.usage,
      all ? "either --account or --all, not both." : "which accounts? Name them with --account, or give --all.",
    );
  }
  if (all && !confirmAll && !dryRun) {
    throw new CommandError(exitCode.usage, {
      what: "--all deletes the root credentials of every active member account.",
      effect: nothingChanged,
      next: "If that is meant, add --confirm-all; --dry-run shows what would go.",
    });
  }
  return parseAccountChoice(account, []);
}

/** The accounts are asked for one after the other; the first that is not typed ends it, before anything is deleted. */
async function confirmed(terminal: Terminal, findings: readonly RootCredentialFindings[]): Promise<boolean> {
  terminal.note(`\nThese credentials of root users will be deleted:\n`);
  terminal.note(`${auditTable(findings, new Date(), terminal.noteColumns())}\n`);
  for (const { account, name } of findings) {
    if (!(await isTyped({ id: account, name }, `delete the root credentials of ${account}`))) return false;
  }
  return true;
}

async function report(
  terminal: Terminal,
  { output }: DeleteFlags,
  request: DeletionRequest,
): Promise<readonly AccountDeletion[]> {
  const results: AccountDeletion[] = [];
  try {
    for await (const result of deleteInAccounts(request)) {
      results.push(result);
      if (output === "json") terminal.result(JSON.stringify(result));
      else terminal.status(`${counted(results.length, "account")} …`);
    }
  } finally {
    // Whatever ended it, what has been done is told.
    if (output === "json") terminal.result(JSON.stringify({ totals: deletionTotals(results) }));
    else if (results.length > 0) terminal.result(deletionTable(results, terminal.columns()));
  }
  if (request.dryRun) terminal.note("Dry run: nothing has been deleted.");
  return results;
}

function recordedSubject({ accounts }: AccountChoice, { dryRun }: DeleteFlags) {
  const [only, ...others] = accounts;
  return {
    verb: "credentials delete",
    ...(only !== undefined && others.length === 0 ? { account: only } : {}),
    task: "IAMDeleteRootUserCredentials",
    ...(dryRun ? { dryRun: true as const } : {}),
  };
}

function recordedResult(results: readonly AccountDeletion[]): RunResult {
  const { failed, deleted } = deletionTotals(results);
  const sentence = totalsSentence(results);
  if (failed > 0) return { is: "failed", sentence };
  return { is: deleted > 0 ? "done" : "nothing to do", sentence };
}
