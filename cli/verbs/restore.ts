import { Command } from "commander";
import type { PolicyChangeFlags } from "../policy-change.ts";
import type { Terminal } from "../terminal.ts";
import { withPolicyChangeOptions } from "./policy-change-options.ts";

/** `break-glass restore`: its arguments; what it does is loaded when it is called. */
export function restoreCommand(terminal: Terminal): Command {
  const restore = new Command("restore")
    .description("put the policy of a bucket or queue back as it was backed up, through a root session")
    .argument("<backup>", "the file that unlock or restore has named")
    .option("--region <region>", "the bucket's Region, where it is in another one by now");
  return withPolicyChangeOptions(restore)
    .addHelpText("after", help)
    .action(async (path: string, flags: PolicyChangeFlags) => {
      const { runRestore } = await import("../restore.ts");
      await runRestore(terminal, path, flags);
    });
}

const help = `
What is there now is backed up first. A policy that would lock again is refused;
--force puts it all the same.

Example:
  break-glass restore backups/bucket-NAME-TIME-HASH.json --profile PROFILE`;
