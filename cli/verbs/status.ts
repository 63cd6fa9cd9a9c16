import { Command } from "commander";
import type { StatusFlags } from "../status.ts";
import type { Terminal } from "../terminal.ts";
import { outputOption } from "./options.ts";

/** `break-glass status`: its arguments; what it does is loaded when it is called. */
export function statusCommand(terminal: Terminal): Command {
  return new Command("status")
    .description(
      "say what holds and what is missing before the bad day: features, delegate, permissions, the five tasks",
    )
    .option("--profile <name>", "AWS profile to look with, best the one that would break the glass")
    .option("--region <region>", "Region of the STS endpoint")
    .addOption(outputOption())
    .option("--json", "the same as --output json", false)
    .addHelpText("after", statusHelp)
    .action(async (flags: StatusFlags) => {
      const { runStatus } = await import("../status.ts");
      await runStatus(terminal, flags);
    });
}

const statusHelp = `
Reads only, with whatever the profile may read. A line is ok, missing (with
what to do), or not checked (with the permission that it needs).

Ends with 0 when nothing is missing, with 1 when something is; what is not
checked counts as neither. Ends with 3 where the profile cannot even say who it
is.

Example:
  break-glass status --profile PROFILE`;
