import { Command } from "commander";
import type { AuditFlags } from "../audit/command.ts";
import type { Terminal } from "../terminal.ts";
import { outputOption, reasonOption, repeatable, ticketOption } from "./options.ts";

/** `break-glass audit`: its arguments; what it does is loaded when it is called. */
export function auditCommand(terminal: Terminal): Command {
  return new Command("audit")
    .description("find root passwords, access keys, signing certificates and MFA devices in member accounts")
    .addOption(repeatable("--account <id>", "only this member account", "every one"))
    .addOption(repeatable("--ou <id-or-path>", "only accounts below this organizational unit", "the root"))
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--region <region>", "Region of the STS endpoint")
    .option("--resume", "go on with the latest audit that has left accounts unread", false)
    .option("--fail-on-findings", "end with 1 where a root user has credentials", false)
    .option(...reasonOption)
    .option(...ticketOption)
    .option("--dry-run", "only name the accounts; no root session is opened", false)
    .addOption(outputOption("table", "json", "csv"))
    .addHelpText("after", auditHelp)
    .action(async (flags: AuditFlags) => {
      const { runAudit } = await import("../audit/command.ts");
      await runAudit(terminal, flags);
    });
}

const auditHelp = `
Every active member account is read unless accounts or organizational units
are named; the management account never. json is one JSON object a line, as
they come: an account each, the totals last. csv has a row an account.

Ends with 0 when every account has been read, whatever was found (see
--fail-on-findings), with 1 when an account could not be read: it is listed
with the reason and never counted as clean. With 3, and without reading any,
when an account that is named has no root sessions: the management account, one
that is not active or not in the organization. Ctrl-C keeps what is done.

Examples:
  break-glass audit --profile PROFILE
  break-glass audit --ou Workloads/Production --output csv --profile PROFILE
  break-glass audit --resume --profile PROFILE`;
