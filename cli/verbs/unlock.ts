import { Command, Option } from "commander";
import type { Terminal } from "../terminal.ts";
import type { UnlockFlags } from "../unlock.ts";
import { outputOption, reasonOption, ticketOption } from "./options.ts";

/** `break-glass unlock`: its arguments; what it does is loaded when it is called. */
export function unlockCommand(terminal: Terminal): Command {
  const unlock = new Command("unlock").description(
    "remove what locks a bucket or a queue, through a root session, after a backup",
  );
  const kinds = [
    { kind: "s3", what: "bucket", by: "name or ARN", example: "BUCKET --account 111122223333" },
    { kind: "sqs", what: "queue", by: "ARN, URL or name", example: "arn:aws:sqs:REGION:111122223333:QUEUE" },
  ] as const;
  for (const { kind, what, by, example } of kinds) {
    unlock
      .command(kind)
      .description(`remove what locks a ${what} from its policy, through a root session, after a backup`)
      .argument(`<${what}>`, by)
      .option("--account <id>", "the member account that owns it, where its name does not say so")
      .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
      .option("--region <region>", "the resource's Region, where its name does not say so")
      .addOption(
        new Option("--strategy <name>", "strip: remove only the statements that lock; delete: the whole policy")
          .choices(["strip", "delete"])
          .default("strip"),
      )
      .option(...reasonOption)
      .option(...ticketOption)
      .option("--dry-run", "say what would change; send no write", false)
      .option("--yes", "do not ask", false)
      .addOption(outputOption())
      .addHelpText("after", `\nExample:\n  break-glass unlock ${kind} ${example} --profile PROFILE`)
      .action(async (resource: string, flags: UnlockFlags) => {
        const { runUnlock } = await import("../unlock.ts");
        await runUnlock(terminal, kind, resource, flags);
      });
  }
  return unlock;
}
