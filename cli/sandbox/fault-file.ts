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
    if (!(error instanceof FaultPlanError) && !(error instanceof Error && "code" in error)) throw error;
    throw new CommandError(exitCode.usage, `--faults ${file} cannot be used. ${error.message}`);
  }
}
