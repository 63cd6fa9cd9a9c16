import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { access, constants as modes, stat } from "node:fs/promises";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { CommandError, exitCode } from "./exit-code.ts";

/**
 * Runs a program that shares this process's terminal, without a shell, and waits for its end. Signals are passed on to it;
 * but Ctrl-C reaches it from the terminal itself, where there is one, and twice would be once too often. Whoever waits can
 * clean up after the program has ended.
 *
 * @returns its exit status; 128 and the signal's number when a signal ended it
 * @throws CommandError 127 when there is no such program, 126 when it cannot be started
 */
export async function runForeground(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(program, words, { stdio: "inherit", env: environment });
  const forward = (signal: NodeJS.Signals): void => {
    if (!(fromTerminal.has(signal) && hasTerminal())) child.kill(signal);
  };
  for (const signal of passedOn) process.on(signal, forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
      });
    });
  } catch (error) {
    throw error instanceof Error ? await cannotStart(program, error) : error;
  } finally {
    for (const signal of passedOn) process.off(signal, forward);
  }
}

/** SIGUSR1 is Node's own: it starts the debugger. */
const passedOn = ["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGUSR2"] as const;
const fromTerminal: ReadonlySet<NodeJS.Signals> = new Set(["SIGINT", "SIGQUIT"]);

function hasTerminal(): boolean {
  return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
}

/**
 * Looks, before anything is done for it, whether there is a program to run.
 *
 * @throws CommandError 127 when there is none, 126 when it may not be executed
 */
export async function checkProgram(program: string, path = process.env["PATH"] ?? ""): Promise<void> {
  const files = program.includes("/") ? [program] : path.split(delimiter).map((folder) => join(folder, program));
  const seen = await Promise.all(files.map(look));
  if (seen.includes("executable")) return;
  throw seen.includes("there") ? notExecutable(program, mayNotBeExecuted) : notFound(program);
}

async function look(file: string): Promise<"executable" | "there" | "missing"> {
  try {
    if (!(await stat(file)).isFile()) return "there";
  } catch {
    return "missing";
  }
  return access(file, modes.X_OK).then(
    () => "executable",
    () => "there",
  );
}

async function cannotStart(program: string, error: Error): Promise<CommandError> {
  const code = "code" in error ? error.code : undefined;
  if (code === "EACCES") return notExecutable(program, mayNotBeExecuted);
  if (code !== "ENOENT") return notExecutable(program, error.message);
  // The same error tells of a script whose first line names what is not there.
  return checkProgram(program).then(
    () => notExecutable(program, "the interpreter that its first line names is not there."),
    (reason: unknown) => (reason instanceof CommandError ? reason : notFound(program)),
  );
}

const mayNotBeExecuted = "it is not a program, or not one that may be executed.";

function notExecutable(program: string, why: string): CommandError {
  return new CommandError(exitCode.notExecutable, `cannot run "${program}": ${why}`);
}

function notFound(program: string): CommandError {
  const where = program.includes("/") ? "there is no such file." : "there is no program of that name on PATH.";
  const hint = program === "aws" ? ` ${awsHint()}` : "";
  return new CommandError(exitCode.notFound, `cannot run "${program}": ${where}${hint}`);
}

/** Only a checkout can put one below itself; the installed command is none. */
function awsHint(): string {
  const isCheckout = existsSync(join(import.meta.dirname, "..", "toolchain", "setup.mjs"));
  const otherwise = ", or put one into .local of this checkout: node toolchain/setup.mjs --with-aws-cli";
  return `Install the AWS CLI${isCheckout ? otherwise : " (https://aws.amazon.com/cli/)."}`;
}
