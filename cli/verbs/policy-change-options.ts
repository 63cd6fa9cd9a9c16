import type { Command } from "commander";
import { folder, outputOption, reasonOption, ticketOption } from "./options.ts";

/** The options that `unlock` and `restore` have in common. */
export function withPolicyChangeOptions(command: Command): Command {
  return command
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--verify-profile <name>", "AWS profile of an ordinary principal of the member account, to verify with")
    .option("--force", "go on although a check does not hold, or the policy would lock", false)
    .option("--backups <folder>", "keep the backup here; the folder is made where it is not there", folder)
    .option(...reasonOption)
    .option(...ticketOption)
    .option("--dry-run", "say what would change; send no write", false)
    .option("--yes", "do not ask", false)
    .addOption(outputOption());
}
