import { once } from "node:events";
import { runForeground } from "../foreground-child.ts";
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
  const sandbox = await openSandbox(options, (line) => {
    terminal.note(`sandbox: ${line}`);
  });
  try {
    const [program, ...rest] = command;
    if (program === undefined) await serveUntilInterrupted(terminal, sandbox);
    else process.exitCode = await runForeground(program, rest, sandbox.environment);
  } finally {
    await sandbox.close();
  }
}

async function serveUntilInterrupted(terminal: Terminal, sandbox: OpenSandbox): Promise<void> {
  terminal.note(`The sandbox organization answers at ${sandbox.endpoint} until Ctrl-C.`);
  terminal.note("To use it from another terminal of this machine:\n");
  for (const line of exportLines(sandbox.environment)) terminal.result(line);
  await Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)));
  terminal.note("\nThe sandbox is gone, with everything in it.");
}

/** The variables that make a shell a part of the sandbox. They hold places, no secrets. */
function exportLines(environment: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(environment)
    .filter(([name]) => /^(AWS|PULUMI|BREAK_GLASS)_|^PATH$/.test(name))
    .map(([name, value]) => `export ${name}='${(value ?? "").replaceAll("'", `'\\''`)}'`);
}
