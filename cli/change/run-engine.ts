import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { requireEngine } from "../engine.ts";
import { runChild } from "../rehearse/child.ts";

export const checkout = dirname(dirname(import.meta.dirname));

/** How the engine ended, and what it printed. */
export interface EngineRun {
  readonly status: number;
  readonly output: string;
}

/** Runs `pulumi` unattended, in a project's folder. */
export async function runEngine(
  words: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<EngineRun> {
  const outputs = await mkdtemp(join(tmpdir(), "break-glass-engine-"));
  const file = join(outputs, "output");
  try {
    const status = await runChild({
      program: "pulumi",
      arguments: [...words, "--non-interactive", "--color", "never"],
      folder,
      environment,
      stdoutFile: file,
      stderrFile: file,
      signal: new AbortController().signal,
    });
    return { status, output: await readFile(file, "utf8") };
  } finally {
    await rm(outputs, { recursive: true });
  }
}

/** This process's environment with this checkout's engine first on PATH. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [requireEngine().folder, process.env["PATH"] ?? ""].join(delimiter) };
}
