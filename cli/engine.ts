import { type Engine, EngineMissingError, locateEngine } from "#toolchain";
import { CommandError, exitCode } from "./exit-code.ts";

/**
 * The engine that set-up has put on this machine.
 *
 * @throws CommandError 2 when set-up has not run
 */
export function requireEngine(): Engine {
  try {
    return locateEngine();
  } catch (error) {
    throw error instanceof EngineMissingError ? new CommandError(exitCode.usage, error.message) : error;
  }
}
