import { Command } from "commander";
import type { RecoveryFlags } from "../credentials/allow-recovery.ts";
import type { DeleteFlags } from "../credentials/delete.ts";
import type { Terminal } from "../terminal.ts";
import { outputOption, reasonOption, repeatable, ticketOption } from "./options.ts";

/** `break-glass credentials`: its arguments; what it does is loaded when it is called. */
export function credentialsCommand(terminal: Terminal): Command {
  return new Command("credentials")
    .description("delete the credentials of member accounts' root users, or allow password recovery")
    .addCommand(deleteCommand(terminal))
    .addCommand(allowRecoveryCommand(terminal));
}

function deleteCommand(terminal: Terminal): Command {
  return new Command("delete")
    .description("delete root users' access keys, signing certificates, passwords and MFA devices")
    .addOption(repeatable("--account <id>", "a member account", "none"))
    .option("--all", "every active member account", false)
    .option("--confirm-all", "with --all: yes, every one", false)
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--region <region>", "Region of the STS endpoint")
    .option(...reasonOption)
    .option(...ticketOption)
    .option("--yes", "do not ask for each account's id or name", false)
    .option("--dry-run", "read what is there; delete nothing", false)
    .addOption(outputOption())
    .addHelpText("after", deleteHelp)
    .action(async (flags: DeleteFlags) => {
      const { runDelete } = await import("../credentials/delete.ts");
      await runDelete(terminal, flags);
    });
}

function allowRecoveryCommand(terminal: Terminal): Command {
  return new Command("allow-recovery")
    .description("let the owner of a root user's mailbox set a password, where it has no credentials")
    .requiredOption("--account <id>", "the member account")
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--region <region>", "Region of the STS endpoint")
    .option(...reasonOption)
    .option(...ticketOption)
    .option("--yes", "do not ask for the account's id or name", false)
    .option("--dry-run", "look whether it could be allowed; change nothing", false)
    .addOption(outputOption())
    .addHelpText("after", recoveryHelp)
    .action(async (flags: RecoveryFlags) => {
      const { runAllowRecovery } = await import("../credentials/allow-recovery.ts");
      await runAllowRecovery(terminal, flags);
    });
}

const deleteHelp = `
Reads every account first, by the task that can only read, and shows what will
go. Then deletes access keys and certificates, then the password, and MFA
devices only when the password is gone; then asks AWS whether anything is left.
What is gone already is no failure: the same command goes on where it stopped.

Ends with 0 when nothing is left, with 1 when an account failed: it is listed
with the reason, what is gone and what is left. With 3, and with nothing
deleted, when a named account is the management account, not active or not in
the organization. json is one JSON object a line,
an account each as they come, the totals last.

Examples:
  break-glass credentials delete --account 111122223333 --profile PROFILE
  break-glass credentials delete --all --dry-run --profile PROFILE
  break-glass credentials delete --all --confirm-all --yes --profile PROFILE`;

const recoveryHelp = `
Looks first whether the root user has credentials: with any but a password it
refuses (5). Afterwards whoever reads the mail of the root user's address can
set a password and is the root user, without limits. To take that back:
break-glass credentials delete.

Example:
  break-glass credentials allow-recovery --account 111122223333 --profile PROFILE`;
