import { Command, Option } from "commander";
import type { SessionFlags } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { reasonOption, ticketOption, wholeNumber } from "./options.ts";

/** `break-glass session`: its arguments; what it does is loaded when it is called. */
export function sessionCommand(terminal: Terminal): Command {
  return new Command("session")
    .description("run a command as a member account's root, limited to one task")
    .argument("[command...]", "what to run, after --, for example: -- aws sts get-caller-identity")
    .passThroughOptions()
    .requiredOption("--task <name>", "one of the five below")
    .requiredOption("--account <id>", "the member account")
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--region <region>", "Region of the STS endpoint and of the command")
    .addOption(
      new Option("--duration <seconds>", "how long the session lasts").default(900).argParser(wholeNumber(1, 900)),
    )
    .addOption(
      new Option(
        "--print <form>",
        "instead of running a command, print the credentials: for eval, or for a profile",
      ).choices(["env", "credential-process"]),
    )
    .option(...reasonOption)
    .option(...ticketOption)
    .option("--dry-run", "say what would be opened; no root session is", false)
    .addHelpText("after", sessionHelp)
    .action(async (command: string[], flags: SessionFlags) => {
      const { runSession } = await import("../session.ts");
      await runSession(terminal, command, flags);
    });
}

const sessionHelp = `
Tasks, and what a session for each may call (sts:GetCallerIdentity always):
  S3UnlockBucketPolicy
    s3: GetBucketPolicy PutBucketPolicy DeleteBucketPolicy ListAllMyBuckets
  SQSUnlockQueuePolicy
    sqs: GetQueueAttributes SetQueueAttributes GetQueueUrl ListQueues
  IAMAuditRootUserCredentials
    iam: GetAccountSummary GetUser GetLoginProfile ListAccessKeys
         GetAccessKeyLastUsed ListSigningCertificates ListMFADevices
  IAMDeleteRootUserCredentials
    iam: GetUser GetLoginProfile ListAccessKeys GetAccessKeyLastUsed
         ListSigningCertificates ListMFADevices DeleteLoginProfile
         DeleteAccessKey DeleteSigningCertificate DeactivateMFADevice
         DeleteVirtualMFADevice
  IAMCreateRootUserPassword
    iam: GetLoginProfile CreateLoginProfile

The command is started without a shell. Of the AWS settings outside it sees
none that chooses credentials or another endpoint, and no configuration file:
--profile in it finds nothing. Its exit code is the exit code; 128 and the
signal's number where a signal has ended it, 127 where there is no such program,
126 where it may not be executed: then no root session is opened.

Examples:
  break-glass session --task S3UnlockBucketPolicy --account 111122223333 \\
    --profile PROFILE -- aws s3api get-bucket-policy --bucket BUCKET
  (eval "$(break-glass session --task … --account … --profile PROFILE \\
    --print env || echo exit 1)"; aws s3api get-bucket-policy --bucket BUCKET)
The second, in a subshell, leaves it where no session was opened: what follows
is not done with other credentials, and none stay in the shell.

In ~/.aws/config, for a profile that is a root session:
  [profile unlock-orders]
  credential_process = break-glass session --task S3UnlockBucketPolicy
    --account 111122223333 --profile PROFILE --print credential-process
(in one line)`;
