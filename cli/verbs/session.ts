import { Command, Option } from "commander";
import type { SessionFlags } from "../session.ts";
import { wholeNumber } from "./options.ts";

/** `break-glass session`: its arguments; what it does is loaded when it is called. */
export function sessionCommand(): Command {
  return new Command("session")
    .description("run a command as a member account's root, limited to one task")
    .argument("<command...>", "what to run, after --, for example: -- aws sts get-caller-identity")
    .passThroughOptions()
    .requiredOption(
      "--task <name>",
      "S3UnlockBucketPolicy, SQSUnlockQueuePolicy, IAMAuditRootUserCredentials, IAMDeleteRootUserCredentials " +
        "or IAMCreateRootUserPassword",
    )
    .requiredOption("--account <id>", "the member account")
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--region <region>", "Region of the STS endpoint and of the command")
    .addOption(
      new Option("--duration <seconds>", "how long the session lasts").default(900).argParser(wholeNumber(900)),
    )
    .action(async (command: string[], flags: SessionFlags) => {
      const { runSession } = await import("../session.ts");
      await runSession(command, flags);
    });
}
