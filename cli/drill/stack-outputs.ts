import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { requireEngine } from "../engine.ts";
import { CommandError, exitCode } from "../exit-code.ts";

const scenarios = join(dirname(dirname(import.meta.dirname)), "scenarios");

/** The outputs of the deployed scenarios stack, asked of the engine. */
export async function stackOutputs(stack: string): Promise<unknown> {
  const environment = { ...process.env, PATH: [requireEngine().folder, process.env["PATH"] ?? ""].join(delimiter) };
  const words = ["stack", "output", "--json", "--stack", stack, "--non-interactive"];
  try {
    const { stdout } = await promisify(execFile)("pulumi", words, { cwd: scenarios, env: environment });
    return JSON.parse(stdout);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new CommandError(
      exitCode.usage,
      `cannot read the outputs of stack "${stack}" in scenarios/. Deploy it first with pulumi up.\n  Pulumi says: ${said}`,
    );
  }
}

/** The same from a file that `pulumi stack output --json` wrote. */
export async function outputsFromFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(exitCode.usage, `--outputs ${file} cannot be read as JSON: ${why}`);
  }
}
