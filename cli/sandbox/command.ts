import { once } from "node:events";
import { CommandError, exitCode } from "../exit-code.ts";
import { runForeground } from "../foreground-child.ts";
import { noteInterruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";
import { type OpenSandbox, openSandbox, type SandboxOptions } from "./open-sandbox.ts";

/**
 * `break-glass sandbox [-- CMD ARG…]`: with a command, runs it in a sandbox and ends with its status; without one, keeps
 * the sandbox in the foreground until Ctrl-C.
 */
export async function runSandbox(
  terminal: Terminal,
  command: readonly string[],
  options: SandboxOptions,
): Promise<void> {
  const interruption = noteInterruption();
  try {
    const sandbox = await openSandbox(options, (line) => {
      terminal.note(`sandbox: ${line}`);
    });
    try {
      const [program, ...rest] = command;
      if (program === undefined) await serveUntilInterrupted(terminal, sandbox, interruption.signal);
      else process.exitCode = await runCommand(program, rest, sandbox, interruption.signal);
    } finally {
      await sandbox.close();
    }
  } finally {
    interruption.forget();
  }
}

async function serveUntilInterrupted(
  terminal: Terminal,
  { endpoint, environment }: OpenSandbox,
  interrupted: AbortSignal,
): Promise<void> {
  terminal.note(`The sandbox organization answers at ${endpoint} until Ctrl-C.`);
  terminal.note("To use it from another terminal of this machine:\n");
  for (const line of exportLines(environment)) terminal.result(line);
  if (!interrupted.aborted) await once(interrupted, "abort");
  terminal.note("\nThe sandbox is gone, with everything in it.");
}

/** @throws CommandError 8 when it was asked to stop before the command has started */
async function runCommand(
  program: string,
  words: readonly string[],
  { environment }: OpenSandbox,
  interrupted: AbortSignal,
): Promise<number> {
  if (interrupted.aborted) throw new CommandError(exitCode.cancelled, `cancelled before "${program}" was started.`);
  return runForeground(program, words, environment);
}

/** The variables that make a shell a part of the sandbox. They hold places, no secrets. */
function exportLines(environment: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(environment)
    .filter(([name]) => /^(AWS|PULUMI|BREAK_GLASS)_|^PATH$/.test(name))
    .map(([name, value]) => `export ${name}='${(value ?? "").replaceAll("'", `'\\''`)}'`);
}
