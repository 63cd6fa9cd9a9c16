import { basename } from "node:path";
import { type AccountId, parseAccountId, parseTaskName, type TaskName, taskNames } from "#iam";
import {
  type AwsAccess,
  identifyPossibleCaller,
  localFolder,
  openRootSession,
  recordedRun,
  type RootSession,
  type RunResult,
  sessionEnvironment,
} from "#root-access";
import { connect, type ConnectionFlags } from "./connection.ts";
import { CommandError, exitCode } from "./exit-code.ts";
import { checkProgram, runForeground } from "./foreground-child.ts";
import { interruptible } from "./interruption.ts";
import { type ReasonFlags, recordedReason } from "./recorded-reason.ts";
import { withExitCodes } from "./root-access-outcome.ts";
import { printCredentials, type SessionForm } from "./session-print.ts";
import { note, noteTo, tell } from "./sentences.ts";
import type { Terminal } from "./terminal.ts";

export interface SessionFlags extends ConnectionFlags, ReasonFlags {
  readonly task: string;
  readonly account: string;
  readonly duration: number;
  readonly print?: SessionForm;
  readonly dryRun: boolean;
}

/** What a session is for: a program with its arguments, or credentials in a form that another program reads. */
type Use = { readonly program: string; readonly words: readonly string[] } | { readonly print: SessionForm };

/**
 * `break-glass session --task NAME --account ID -- CMD`: runs a command with a root session's credentials in its
 * environment, and nothing there that could compete with them. Ends with the command's status.
 */
export async function runSession(terminal: Terminal, command: readonly string[], flags: SessionFlags): Promise<void> {
  await withExitCodes(async () => {
    const use = usedFor(command, flags);
    const task = checkedTask(flags.task);
    const accountId = checkedAccount(flags.account);
    if ("program" in use) await checkProgram(use.program);
    const breakGlass = await connect(flags);
    const opening = { breakGlass, accountId, task, durationSeconds: flags.duration };
    if (flags.dryRun) await sayWhatWouldBe(terminal, use, opening);
    else await useSession(terminal, use, await openSession(terminal, use, opening, flags), breakGlass.region);
  });
}

interface Opening {
  readonly breakGlass: AwsAccess;
  readonly accountId: AccountId;
  readonly task: TaskName;
  readonly durationSeconds: number;
}

function usedFor([program, ...words]: readonly string[], { print, profile }: SessionFlags): Use {
  if (print === "credential-process") refuseToAskItself(profile);
  if (print !== undefined && program === undefined) return { print };
  if (print === undefined && program !== undefined) return { program, words };
  throw new CommandError(
    exitCode.usage,
    print === undefined
      ? "no command: give one after --, for example -- aws s3 ls. Credentials are printed only with --print env or --print credential-process."
      : "either a command or --print, not both: a command gets the credentials without anybody seeing them.",
  );
}

/** A profile whose credential process opens the session as that same profile would start itself for ever. */
function refuseToAskItself(profile: string | undefined): void {
  if (profile === undefined) {
    throw new CommandError(
      exitCode.usage,
      "--print credential-process needs --profile: the profile that opens the session, not the one that it is printed for.",
    );
  }
  if (process.env[insideCredentialProcess] !== undefined) {
    throw new CommandError(
      exitCode.usage,
      `the profile "${profile}" gets its credentials from this command, which asks it for them: --profile has to name another one.`,
    );
  }
  process.env[insideCredentialProcess] = profile;
}

const insideCredentialProcess = "BREAK_GLASS_CREDENTIAL_PROCESS";

/** The record is complete before the session is used: what uses it may go on for long, and end anyhow. */
function openSession(terminal: Terminal, use: Use, opening: Opening, flags: ReasonFlags): Promise<RootSession> {
  const { breakGlass, ...terms } = opening;
  const run = {
    folder: localFolder("records"),
    what: { verb: "session", account: terms.accountId, task: terms.task },
    why: recordedReason(flags),
    resultOf: ({ expiresAt }: RootSession): RunResult => ({
      is: "done",
      sentence: `A root session until ${expiresAt.toISOString()}, to ${purpose(use)}.`,
    }),
    onNote: noteTo(terminal),
  };
  return interruptible((signal) =>
    recordedRun(run, async (record) => {
      const access = record.noting(breakGlass);
      await record.begin(await identifyPossibleCaller(access, signal));
      const session = await openRootSession({ ...access, ...terms, signal });
      record.sourceIdentity(session.sourceIdentity);
      return session;
    }),
  );
}

function purpose(use: Use): string {
  return "print" in use ? `print its credentials (${use.print})` : `run ${basename(use.program)} in it`;
}

async function useSession(terminal: Terminal, use: Use, session: RootSession, region: string): Promise<void> {
  if ("print" in use) {
    printCredentials(terminal, use.print, session, region);
    return;
  }
  process.exitCode = await runForeground(use.program, use.words, sessionEnvironment(process.env, session, region));
  if (process.exitCode !== 0 && session.expiresAt.getTime() < Date.now()) {
    note(
      terminal,
      `The root session ended at ${session.expiresAt.toISOString()}, before ${basename(use.program)} did.`,
    );
  }
}

async function sayWhatWouldBe(terminal: Terminal, use: Use, opening: Opening): Promise<void> {
  const { breakGlass, accountId, task, durationSeconds } = opening;
  const { arn } = await interruptible((signal) => identifyPossibleCaller(breakGlass, signal));
  tell(
    terminal,
    `Would open a root session for ${task} in account ${accountId} as ${arn}, for ${durationSeconds} s, and ${purpose(use)}.`,
  );
  terminal.note("Dry run: no root session has been opened.");
}

function checkedTask(text: string): TaskName {
  const task = parseTaskName(text);
  if (task) return task;
  throw new CommandError(exitCode.usage, `--task "${text}" is not a task. The five are: ${taskNames.join(", ")}.`);
}

function checkedAccount(text: string): AccountId {
  const account = parseAccountId(text);
  if (account) return account;
  throw new CommandError(exitCode.usage, `--account "${text}" is not an AWS account id: it has twelve digits.`);
}
