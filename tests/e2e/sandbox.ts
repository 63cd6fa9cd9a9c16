import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenSandbox, openSandbox, type SandboxOptions } from "../../cli/sandbox/open-sandbox.ts";

export const checkout = join(import.meta.dirname, "..", "..");

/** How a command in a sandbox ended, and what it printed. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A sandbox in which a test types commands. */
export interface TestSandbox extends OpenSandbox {
  /** Lines that the simulator logged: refusals and defects. */
  readonly log: readonly string[];
  readonly run: (program: string, words: readonly string[], options?: RunOptions) => Promise<Ended>;
}

export interface RunOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Opens a sandbox for a test; the test closes it. */
export async function openTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const log: string[] = [];
  const defaults = { port: 0, configured: false, accounts: 0, latencyMilliseconds: 0, propagationMilliseconds: 200 };
  const sandbox = await openSandbox({ ...defaults, ...options }, (line) => log.push(line));
  return {
    ...sandbox,
    log,
    run: (program, words, { folder = checkout, environment = {} } = {}) =>
      runToFiles(program, words, folder, { ...sandbox.environment, ...environment }),
  };
}

/** Output goes to files: a plugin that outlives its engine for a moment would keep a pipe open. */
export async function runToFiles(
  program: string,
  words: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const output = await mkdtemp(join(tmpdir(), "break-glass-test-"));
  const files = { stdout: join(output, "stdout"), stderr: join(output, "stderr") };
  const stdout = openSync(files.stdout, "w");
  const stderr = openSync(files.stderr, "w");
  try {
    const child = spawn(program, words, { cwd: folder, env: environment, stdio: ["ignore", stdout, stderr] });
    await once(child, "exit");
    return {
      status: child.exitCode ?? 128,
      stdout: await readFile(files.stdout, "utf8"),
      stderr: await readFile(files.stderr, "utf8"),
    };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
    await rm(output, { recursive: true });
  }
}

/** Fails with everything that the command printed, so that a red test says why. */
export function expectStatus(ended: Ended, status: number): Ended {
  if (ended.status === status) return ended;
  throw new Error(
    `ended with ${ended.status}, not ${status}\n--- stdout\n${ended.stdout}\n--- stderr\n${ended.stderr}`,
  );
}
