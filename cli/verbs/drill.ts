import { Command } from "commander";
import type { DrillCleanupFlags } from "../drill/cleanup.ts";
import type { DrillRunFlags } from "../drill/run.ts";
import type { Terminal } from "../terminal.ts";
import { outputOption } from "./options.ts";

/** `break-glass drill`: its arguments; what it does is loaded when it is called. */
export function drillCommand(terminal: Terminal): Command {
  const drill = new Command("drill").description(
    "prove that breaking the glass works, on a bucket and a queue made for it",
  );
  drill
    .command("run")
    .description("prove the lock, break the glass, prove the recovery, for the deployed stack of scenarios/")
    .option("--stack <name>", "the scenarios stack to take the drill from", "dev")
    .option("--outputs <file>", "take it from this file instead: what `pulumi stack output --json` printed")
    .addOption(outputOption())
    .action(async (flags: DrillRunFlags) => {
      const { runDrill } = await import("../drill/run.ts");
      await runDrill(terminal, flags);
    });
  drill
    .command("cleanup")
    .description("name the buckets and queues that drills have left in a member account, and delete them")
    .option("--profile <name>", "AWS profile of the member account")
    .option("--region <region>", "where the drills took place")
    .option("--break-glass-profile <name>", "AWS profile that may lift a lock", "break-glass")
    .option("--yes", "do not ask", false)
    .option("--dry-run", "only name them; ends with 1 if there are any", false)
    .action(async (flags: DrillCleanupFlags) => {
      const { runCleanup } = await import("../drill/cleanup.ts");
      await runCleanup(terminal, flags);
    });
  return drill;
}
