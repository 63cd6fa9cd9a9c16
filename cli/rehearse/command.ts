import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, type ExitCode, exitCode } from "../exit-code.ts";
import { type OpenSandbox, openSandbox } from "../sandbox/open-sandbox.ts";
import { shownPath } from "../shown-path.ts";
import type { Terminal } from "../terminal.ts";
import { runChild } from "./child.ts";
import { type DoneStep, type Step, steps } from "./steps.ts";
import { stepLine, summary } from "./summary.ts";

/**
 * `break-glass rehearse`: the whole mission in a sandbox of its own, each step as the command that a person would type.
 * A failure or Ctrl-C ends what was started and says where the logs are.
 *
 * @throws CommandError of the step that failed; 8 when interrupted
 */
export async function runRehearsal(terminal: Terminal, { verbose }: { readonly verbose: boolean }): Promise<void> {
  const started = performance.now();
  const logs = await makeLogFolder();
  const interruption = listenForInterruption(terminal);
  try {
    const sandbox = await opened(terminal, logs);
    try {
      const done = await walk(terminal, sandbox, { logs, verbose, signal: interruption.signal });
      terminal.note(summary(terminal, done, (performance.now() - started) / 1000));
    } catch (error) {
      terminal.note(`The sandbox is removed, with everything in it. What each step printed is in ${shownPath(logs)}`);
      throw error;
    } finally {
      await sandbox.close();
    }
  } finally {
    interruption.stop();
  }
}

async function makeLogFolder(): Promise<string> {
  const name = `rehearsal-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
  const folder = join(import.meta.dirname, "..", "..", ".local", "logs", name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Ctrl-C, a request to end, a terminal that was closed. */
const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function listenForInterruption(terminal: Terminal): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (!controller.signal.aborted) terminal.note("\nStopping: waiting for what is running to end.");
    controller.abort();
  };
  for (const signal of interruptions) process.on(signal, interrupt);
  const stop = (): void => {
    for (const signal of interruptions) process.off(signal, interrupt);
  };
  return { signal: controller.signal, stop };
}

async function opened(terminal: Terminal, logs: string): Promise<OpenSandbox> {
  const started = performance.now();
  const options = { port: 0, configured: false, accounts: 0, latencyMilliseconds: 0, propagationMilliseconds: 1000 };
  const sandbox = await openSandbox(options, (line) => {
    terminal.note(`sandbox: ${line}`);
  });
  const where = `the sandbox organization answers at ${sandbox.endpoint}, logs go to ${shownPath(logs)}`;
  terminal.note(stepLine(terminal, "start a local AWS organization", (performance.now() - started) / 1000));
  terminal.note(terminal.colours.dim(`        ${where}`));
  return sandbox;
}

interface Surroundings {
  readonly logs: string;
  readonly verbose: boolean;
  readonly signal: AbortSignal;
}

async function walk(
  terminal: Terminal,
  sandbox: OpenSandbox,
  surroundings: Surroundings,
): Promise<readonly DoneStep[]> {
  const done: DoneStep[] = [];
  for (const [index, step] of steps.entries()) {
    const finished = await take(terminal, sandbox, step, index + 1, surroundings);
    terminal.note(stepLine(terminal, step.title, finished.seconds));
    if (step.program === "break-glass" && finished.result !== "") terminal.note(indented(finished.result));
    done.push(finished);
  }
  return done;
}

async function take(
  terminal: Terminal,
  sandbox: OpenSandbox,
  step: Step,
  number: number,
  { logs, verbose, signal }: Surroundings,
): Promise<DoneStep> {
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  const name = `${String(number).padStart(2, "0")}-${step.program}-${step.arguments
    .slice(0, 2)
    .join("-")
    .replaceAll(/[^a-z-]/g, "")}`;
  const stdoutFile = join(logs, `${name}.out`);
  const stderrFile = join(logs, `${name}.err`);
  const ticker = setInterval(() => {
    terminal.status(stepLine(terminal, `${step.title} …`, elapsed()));
  }, 1000);
  try {
    const { program, arguments: words, folder } = step;
    const run = { program, arguments: words, folder, environment: sandbox.environment, stdoutFile, stderrFile, signal };
    const status = await runChild(run);
    const result = (await readFile(stdoutFile, "utf8")).trimEnd();
    const said = (await readFile(stderrFile, "utf8")).trimEnd();
    if (signal.aborted) throw new CommandError(exitCode.cancelled, `interrupted while it was to ${step.title}.`);
    if (status !== 0) throw failed(step, status, `${said}\n${result}`);
    if (verbose) terminal.note(indented(`${said}\n${result}`));
    return { step, seconds: elapsed(), result };
  } finally {
    clearInterval(ticker);
  }
}

const shownLines = 30;

function failed(step: Step, status: number, output: string): CommandError {
  const command = [step.program, ...step.arguments].join(" ");
  const tail = output.trim().split("\n").slice(-shownLines).join("\n");
  return new CommandError(
    codeOf(step, status),
    `could not ${step.title}.\n\n${tail}\n\n"${command}" ended with ${status}.`,
  );
}

/** The command's own exit codes mean the same here; whatever the engine answers is a failure of what it drives. */
function codeOf(step: Step, status: number): ExitCode {
  const own = Object.values(exitCode).find((code) => code === status);
  return step.program === "break-glass" && own !== undefined ? own : exitCode.awsFailed;
}

function indented(text: string): string {
  return text
    .trim()
    .split("\n")
    .map((line) => `        ${line}`)
    .join("\n");
}
