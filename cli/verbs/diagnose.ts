import { Command, Option } from "commander";
import type { DiagnoseFlags } from "../diagnose/command.ts";
import type { Terminal } from "../terminal.ts";
import { outputOption, repeatable, wholeNumber } from "./options.ts";

/** `break-glass diagnose`: its arguments; what it does is loaded when it is called. */
export function diagnoseCommand(terminal: Terminal): Command {
  return new Command("diagnose")
    .description("explain an access denied: which policy, which statement, and the smallest change that allows it")
    .argument("[text...]", "the error as it was printed; without it, what comes in on stdin")
    .option(
      "--event <file>",
      "CloudTrail events: a log file (.json.gz, too), what lookup-events or CloudWatch Logs answered",
    )
    .addOption(
      new Option("--minutes <n>", "ask CloudTrail for what was refused in the last minutes, 1440 at most").argParser(
        wholeNumber(1, 1440),
      ),
    )
    .option(
      "--profile <name>",
      "AWS profile for CloudTrail, and for the organization's policies where it may read them",
    )
    .option("--region <region>", "Region whose CloudTrail is asked, beside us-east-1")
    .addOption(repeatable("--identity-policy <file>", "a policy of the caller", "none"))
    .addOption(repeatable("--scp <file>", "a service control policy above the account", "none"))
    .addOption(repeatable("--rcp <file>", "a resource control policy above the account", "none"))
    .addOption(outputOption())
    .addHelpText("after", diagnoseHelp)
    .action(async (text: string[], flags: DiagnoseFlags) => {
      const { runDiagnose } = await import("../diagnose/command.ts");
      await runDiagnose(terminal, text.join(" "), flags);
    });
}

const diagnoseHelp = `
Nothing is sent to AWS without --minutes (cloudtrail:LookupEvents) or --profile
(the organization's policies above the account, where they may be read).
Policies that are given or found are searched for the statement that denied;
without them the kind of policy is named, and what it would take to see it.

Ends with 0 when every refusal is explained or there was none, with 1 when one
stays unexplained.

Examples:
  break-glass diagnose 'User: arn:aws:sts::… is not authorized to perform: …'
  aws sts assume-root … 2>&1 | break-glass diagnose
  break-glass diagnose --minutes 30 --profile PROFILE
  break-glass diagnose --event event.json --scp deny-root.json --output json`;
