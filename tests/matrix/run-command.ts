import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pc from "picocolors";
import { runWords } from "../../cli/run.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { Ended, MatrixSandbox } from "./matrix-sandbox.ts";

/**
 * Runs the command's own code in this process, with a terminal that keeps what is said: a hundredth of a start. Retries
 * wait the least that their jitter can be. One at a time: environment and exit code are the process's.
 */
export async function runInProcess(sandbox: MatrixSandbox, words: readonly string[]): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  const restore = setEnvironment(await sandbox.environment("at once"));
  const { random } = Math;
  const { exitCode } = process;
  Math.random = () => 0;
  process.exitCode = undefined;
  try {
    await runWords(words, keepingTerminal(said));
    return { status: exitCodeNow(), ...said };
  } finally {
    Math.random = random;
    process.exitCode = exitCode;
    restore();
  }
}

function exitCodeNow(): number {
  return Number(process.exitCode ?? 0);
}

function keepingTerminal(said: { stdout: string; stderr: string }): Terminal {
  return {
    result: (text) => (said.stdout += `${text}\n`),
    note: (text) => (said.stderr += `${text}\n`),
    status: () => undefined,
    colours: pc.createColors(false),
    columns: () => undefined,
    noteColumns: () => undefined,
    resultMode: () => undefined,
    interactive: false,
  };
}

/** @returns a function that sets everything back */
function setEnvironment(wanted: NodeJS.ProcessEnv): () => void {
  const saved = { ...process.env };
  const become = (environment: NodeJS.ProcessEnv): void => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, environment);
  };
  become(wanted);
  return () => {
    become(saved);
  };
}

/** Starts the command as a process of its own, as it is typed. */
export async function startCommand(sandbox: MatrixSandbox, words: readonly string[]): Promise<ChildProcess> {
  const main = join(import.meta.dirname, "..", "..", "cli", "main.mjs");
  const env = await sandbox.environment("by credential process");
  return spawn(process.execPath, [main, ...words], { env, stdio: "ignore" });
}

/** @returns the signal that ended it, or its exit code */
export async function endOf(child: ChildProcess): Promise<NodeJS.Signals | number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode ?? 0;
}
