import { Command, Option } from "commander";
import type { Terminal } from "../terminal.ts";
import type { UnlockFlags } from "../unlock.ts";
import { withPolicyChangeOptions } from "./policy-change-options.ts";

/** `break-glass unlock`: its arguments; what it does is loaded when it is called. */
export function unlockCommand(terminal: Terminal): Command {
  const unlock = new Command("unlock").description(
    "remove what locks a bucket or a queue, through a root session, after a backup",
  );
  for (const kind of ["s3", "sqs"] as const) {
    const { what, by, example } = kinds[kind];
    const command = unlock
      .command(kind)
      .description(`remove what locks a ${what} from its policy, through a root session, after a backup`)
      .argument(`<${what}>`, by)
      .option("--account <id>", "the member account that owns it, where its name does not say so")
      .option("--region <region>", "the resource's Region, where its name does not say so")
      .addOption(
        new Option("--strategy <name>", "strip: remove only the statements that lock; delete: the whole policy")
          .choices(["strip", "delete"])
          .default("strip"),
      )
      .addOption(
        new Option("--policy <file>", "put this policy in place of the one that is there").conflicts("strategy"),
      );
    withPolicyChangeOptions(command)
      .addHelpText("after", helpOn(kind, example))
      .action(async (resource: string, flags: UnlockFlags) => {
        const { runUnlock } = await import("../unlock.ts");
        await runUnlock(terminal, kind, resource, flags);
      });
  }
  return unlock;
}

const kinds = {
  s3: {
    what: "bucket",
    by: "name, ARN, s3:// address or https:// URL",
    example: "BUCKET --account 111122223333",
  },
  sqs: { what: "queue", by: "ARN, URL or name", example: "arn:aws:sqs:REGION:111122223333:QUEUE" },
} as const;

function helpOn(kind: "s3" | "sqs", example: string): string {
  return `
The policy is kept in a file, which is named, before anything is changed
(--backups says where); restore puts it back. What is not locked is left alone,
and the command ends with 0.

Examples:
  break-glass unlock ${kind} ${example} --profile PROFILE
  break-glass unlock ${kind} ${example} --profile PROFILE \\
    --policy corrected.json`;
}
