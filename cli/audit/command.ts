import {
  type AccountAudit,
  type AccountChoice,
  addToTotals,
  type Audit,
  auditedAccounts,
  type AuditTotals,
  type AwsAccess,
  defaultAuditFolder,
  localFolder,
  noTotals,
  openAudit,
  parseAccountChoice,
  recordedRun,
  type RunResult,
} from "#root-access";
import { connect, type ConnectionFlags } from "../connection.ts";
import { counted } from "../counted.ts";
import { CommandError, exitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { type ReasonFlags, recordedReason } from "../recorded-reason.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import { shownPath } from "../shown-path.ts";
import { note, noteTo } from "../sentences.ts";
import type { Terminal } from "../terminal.ts";
import { csvHeader, csvRow } from "./csv.ts";
import { planCsvHeader, planCsvRow, planned, type PlannedAudit, planTable } from "./plan.ts";
import { sayingHowToGoOn, sayingThatItOnlyReads } from "./failures.ts";
import { showProgress } from "./progress.ts";
import { auditTable, totalsSentence } from "./table.ts";

export interface AuditFlags extends ConnectionFlags, ReasonFlags {
  readonly account: readonly string[];
  readonly ou: readonly string[];
  readonly resume: boolean;
  readonly failOnFindings: boolean;
  readonly dryRun: boolean;
  readonly output: AuditOutput;
}

type AuditOutput = "table" | "json" | "csv";

/** `break-glass audit`: reads what root credentials member accounts have, through root sessions that can only read. */
export async function runAudit(terminal: Terminal, flags: AuditFlags): Promise<void> {
  await withExitCodes(async () => {
    const choice = chosen(flags);
    const breakGlass = await connect(flags);
    await sayingThatItOnlyReads(() =>
      choice !== "latest" && flags.dryRun
        ? nameAccounts(terminal, breakGlass, choice, flags.output)
        : readAccounts(terminal, breakGlass, choice, flags),
    );
  });
}

function chosen({ account, ou, resume, dryRun }: AuditFlags): AccountChoice | "latest" {
  if (!resume) return parseAccountChoice(account, ou);
  if (account.length === 0 && ou.length === 0 && !dryRun) return "latest";
  throw new CommandError(
    exitCode.usage,
    "--resume goes on with the accounts that the audit was begun for: leave out --account, --ou and --dry-run.",
  );
}

async function nameAccounts(
  terminal: Terminal,
  breakGlass: AwsAccess,
  choice: AccountChoice,
  output: AuditOutput,
): Promise<void> {
  const plans: PlannedAudit[] = [];
  if (output === "csv") terminal.result(planCsvHeader);
  await interruptible(async (signal) => {
    for await (const member of auditedAccounts({
      breakGlass,
      choice,
      signal,
      onNote: noteTo(terminal),
    })) {
      const plan = planned(member);
      if (output === "table") plans.push(plan);
      else terminal.result(output === "json" ? JSON.stringify(plan) : planCsvRow(plan));
    }
  });
  if (output === "table") terminal.result(planTable(plans));
  terminal.note("Dry run: no root session has been opened.");
}

async function readAccounts(
  terminal: Terminal,
  breakGlass: AwsAccess,
  choice: AccountChoice | "latest",
  flags: AuditFlags,
): Promise<void> {
  const { output, failOnFindings } = flags;
  const progress = showProgress(terminal);
  const run = {
    folder: localFolder("records"),
    what: { verb: "audit", task: "IAMAuditRootUserCredentials" },
    why: recordedReason(flags),
    resultOf: (totals: AuditTotals): RunResult => ({ is: "done", sentence: totalsSentence(totals) }),
    onNote: noteTo(terminal),
  };
  const totals = await interruptible((signal) =>
    recordedRun(run, async (record) => {
      const folder = defaultAuditFolder();
      const watch = {
        onListed: progress.listed,
        onNote: noteTo(terminal),
      };
      const audit = await openAudit({ breakGlass, folder, choice, record, signal, ...watch });
      if (choice === "latest") {
        const settled = `${counted(audit.settled, "account")} ${audit.settled === 1 ? "has" : "have"} been read`;
        terminal.note(`Going on with the audit of ${audit.startedAt}: ${settled}.`);
      }
      return sayingHowToGoOn(audit, () => report(terminal, audit, output, progress.read));
    }),
  );
  if (totals["not read"] > 0) {
    note(
      terminal,
      "Accounts that could not be read are listed with the reason: break-glass audit --resume tries again.",
    );
  }
  if (totals["not read"] > 0 || (failOnFindings && totals.findings > 0)) process.exitCode = exitCode.checkDidNotHold;
}

async function report(
  terminal: Terminal,
  audit: Audit,
  output: AuditOutput,
  onRead: (result: AccountAudit) => void,
): Promise<AuditTotals> {
  const show = { table: () => undefined, json: JSON.stringify, csv: csvRow }[output];
  let totals = noTotals;
  const tell = (result: AccountAudit): void => {
    totals = addToTotals(totals, result);
    const line = show(result);
    if (line !== undefined) terminal.result(line);
  };
  if (output === "csv") terminal.result(csvHeader);
  for await (const result of audit.results()) if (result.outcome !== "not read") tell(result);
  for await (const result of audit.run()) {
    tell(result);
    onRead(result);
  }
  if (output === "table") terminal.result(await table(terminal, audit));
  if (output === "json") terminal.result(JSON.stringify({ totals, startedAt: audit.startedAt, journal: audit.path }));
  if (output === "csv") terminal.note(totalsSentence(totals));
  terminal.note(`Kept in ${shownPath(audit.path)}`);
  return totals;
}

async function table(terminal: Terminal, audit: Audit): Promise<string> {
  const results: AccountAudit[] = [];
  for await (const result of audit.results()) results.push(result);
  return auditTable(results, new Date(), terminal.columns());
}
