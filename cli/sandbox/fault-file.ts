import { readFile } from "node:fs/promises";
import { type FaultPlan, FaultPlanError, parseFaultPlan } from "#simulator";
import { CommandError, exitCode } from "../exit-code.ts";

/**
 * Reads the file of `--faults`.
 *
 * @throws CommandError 2 when it cannot be read or is not a plan
 */
export async function readFaultPlan(file: string): Promise<FaultPlan> {
  try {
    return parseFaultPlan(await readFile(file, "utf8"));
  } catch (error) {
    throw new CommandError(exitCode.usage, `--faults ${file} cannot be used. ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof FaultPlanError) return error.message;
  if (!(error instanceof Error && "code" in error)) throw error;
  switch (error.code) {
    case "ENOENT":
      return "There is no such file.";
    case "EISDIR":
      return "It is a folder.";
    default:
      return `It cannot be read: ${error.message}.`;
  }
}
