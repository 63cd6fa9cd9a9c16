import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";

/** A program to run, and where its output goes. */
export interface ChildRun {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdoutFile: string;
  readonly stderrFile: string;
  /** Ends the program and everything that it started. */
  readonly signal: AbortSignal;
}

const graceMilliseconds = 10_000;

/**
 * Runs a program to its end, in a process group of its own, with its output in files: a grandchild that keeps a pipe
 * open would otherwise keep us waiting.
 *
 * @returns the exit code; a program ended by a signal counts as 128
 */
export async function runChild(run: ChildRun): Promise<number> {
  const stdout = await open(run.stdoutFile, "a", 0o600);
  const stderr = await open(run.stderrFile, "a", 0o600);
  try {
    const child = spawn(run.program, run.arguments, {
      cwd: run.folder,
      env: run.environment,
      stdio: ["ignore", stdout.fd, stderr.fd],
      detached: true,
    });
    return await ended(child, run.signal);
  } finally {
    await Promise.all([stdout.close(), stderr.close()]);
  }
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<number> {
  let killTimer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    killGroup(child, "SIGINT");
    killTimer = setTimeout(() => {
      killGroup(child, "SIGKILL");
    }, graceMilliseconds);
  };
  if (signal.aborted) interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    await once(child, "exit");
    return child.exitCode ?? 128;
  } finally {
    signal.removeEventListener("abort", interrupt);
    clearTimeout(killTimer);
    if (signal.aborted) killGroup(child, "SIGKILL");
  }
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group has ended already.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
