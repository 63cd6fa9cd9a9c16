import { spawn } from "node:child_process";
import { constants } from "node:os";
import { CommandError, exitCode } from "./exit-code.ts";

/**
 * Runs a program that shares this process's terminal, without a shell, and waits for its end. Signals are passed on to it;
 * but Ctrl-C reaches it from the terminal itself, where there is one, and twice would be once too often. Whoever waits can
 * clean up after the program has ended.
 *
 * @returns its exit status; 128 and the signal's number when a signal ended it
 * @throws CommandError 2 when it cannot be started
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
      child.once("error", (error) => {
        reject(cannotStart(program, error));
      });
      child.once("close", (code, signal) => {
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
      });
    });
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

function cannotStart(program: string, error: Error): CommandError {
  return new CommandError(exitCode.usage, `cannot run "${program}": ${reasonOf(program, error)}`);
}

function reasonOf(program: string, error: Error): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "EACCES") return "it is not a program, or not one that may be executed.";
  if (code !== "ENOENT") return error.message;
  if (program.includes("/")) return "there is no such file.";
  return `there is no program of that name on PATH.${program === "aws" ? ` ${awsHint}` : ""}`;
}

const awsHint = "Install the AWS CLI, or put one into .local of this checkout: node toolchain/setup.mjs --with-aws-cli";
