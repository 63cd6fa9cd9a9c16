import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { AuditFlags } from "./audit/command.ts";
import type { DrillCleanupFlags } from "./drill/cleanup.ts";
import type { DrillRunFlags } from "./drill/run.ts";
import type { SessionFlags } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import type { UnlockFlags } from "./unlock.ts";

/** The verbs of `break-glass`. Each loads its room only when it is called, so that help is instant. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command("break-glass")
    .description("Get a locked AWS account back through centralized root access, and rehearse it before the bad day.")
    .version(version())
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(break-glass --help lists the commands)")
    .addHelpText("after", exitCodesHelp);

  const commands = [
    unlockCommand(terminal),
    auditCommand(terminal),
    sessionCommand(),
    drillCommand(terminal),
    sandboxCommand(terminal),
    rehearseCommand(terminal),
  ];
  for (const command of commands) program.addCommand(throwing(command));
  return program;
}

const exitCodesHelp = `
Exit codes: 0 done, 1 a check did not hold, 2 usage, configuration or a
confirmation missing, 3 not authenticated or not authorised, 4 AWS failed,
5 refused by a guardrail, 8 cancelled, 9 timed out, 255 a defect.`;

/** Errors end in main.ts, with the documented exit codes, for every command and its sub-commands. */
function throwing(command: Command, path: string = command.name()): Command {
  for (const inner of command.commands) throwing(inner, `${path} ${inner.name()}`);
  return command.exitOverride().showHelpAfterError(`(break-glass ${path} --help says how it is used)`);
}

function unlockCommand(terminal: Terminal): Command {
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
      .option("--dry-run", "say what would change; send no write", false)
      .option("--yes", "do not ask", false)
      .addOption(outputOption())
      .addHelpText("after", `\nExample:\n  break-glass unlock ${kind} ${example} --profile PROFILE`)
      .action(async (resource: string, flags: UnlockFlags) => {
        const { runUnlock } = await import("./unlock.ts");
        await runUnlock(terminal, kind, resource, flags);
      });
  }
  return unlock;
}

function auditCommand(terminal: Terminal): Command {
  const oneMore = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return new Command("audit")
    .description("find root passwords, access keys, signing certificates and MFA devices in member accounts")
    .option("--account <id>", "only this member account; may be repeated", oneMore, [])
    .option("--ou <id-or-path>", "only accounts below this organizational unit; may be repeated", oneMore, [])
    .option("--profile <name>", "AWS profile of the management or the delegated administrator account")
    .option("--region <region>", "Region of the STS endpoint")
    .option("--resume", "go on with the latest audit that has left accounts unread", false)
    .option("--fail-on-findings", "end with 1 where a root user has credentials", false)
    .option("--dry-run", "only name the accounts; no root session is opened", false)
    .addOption(outputOption("table", "json", "csv"))
    .addHelpText("after", auditHelp)
    .action(async (flags: AuditFlags) => {
      const { runAudit } = await import("./audit/command.ts");
      await runAudit(terminal, flags);
    });
}

const auditHelp = `
Every active member account is read unless accounts or organizational units
are named; the management account never. json is one JSON object a line, as
they come: an account each, the totals last. csv has a row an account.

Ends with 0 when every account has been read, whatever was found (see
--fail-on-findings), with 1 when an account could not be read: it is listed
with the reason and never counted as clean. Ctrl-C keeps what is done.

Examples:
  break-glass audit --profile PROFILE
  break-glass audit --ou Workloads/Production --output csv --profile PROFILE
  break-glass audit --resume --profile PROFILE`;

function sessionCommand(): Command {
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
      const { runSession } = await import("./session.ts");
      await runSession(command, flags);
    });
}

function drillCommand(terminal: Terminal): Command {
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
      const { runDrill } = await import("./drill/run.ts");
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
      const { runCleanup } = await import("./drill/cleanup.ts");
      await runCleanup(terminal, flags);
    });
  return drill;
}

function outputOption(...formats: readonly string[]): Option {
  const choices = formats.length > 0 ? formats : ["table", "json"];
  return new Option("--output <format>", "form of the result on stdout").choices(choices).default("table");
}

function sandboxCommand(terminal: Terminal): Command {
  return new Command("sandbox")
    .description("run a command in a local AWS organization, or keep one running until Ctrl-C")
    .argument("[command...]", "what to run, after --, for example: -- aws sts get-caller-identity --profile management")
    .passThroughOptions()
    .addOption(
      new Option("--port <n>", "listen on this port of 127.0.0.1")
        .default(0, "a free one")
        .argParser(wholeNumber(65_535)),
    )
    .option("--configured", "start with the organization as it is after `pulumi up`", false)
    .addOption(
      new Option("--accounts <n>", "this many more member accounts").default(0).argParser(wholeNumber(100_000)),
    )
    .addOption(new Option("--latency <ms>", "answer this much later").default(0).argParser(wholeNumber(60_000)))
    .addOption(
      new Option("--propagation <seconds>", "time until SQS attributes and Identity Center writes take effect")
        .default(1)
        .argParser(seconds),
    )
    .option("--faults <file>", "let requests go wrong on purpose, as this JSON file says (docs/sandbox.md)")
    .action(async (command: string[], options: SandboxFlags) => {
      const { runSandbox } = await import("./sandbox/command.ts");
      const { readFaultPlan } = await import("./sandbox/fault-file.ts");
      await runSandbox(terminal, command, {
        port: options.port,
        configured: options.configured,
        accounts: options.accounts,
        latencyMilliseconds: options.latency,
        propagationMilliseconds: options.propagation * 1000,
        ...(options.faults === undefined ? {} : { faults: await readFaultPlan(options.faults) }),
      });
    });
}

interface SandboxFlags {
  readonly port: number;
  readonly configured: boolean;
  readonly accounts: number;
  readonly latency: number;
  readonly propagation: number;
  readonly faults?: string;
}

function rehearseCommand(terminal: Terminal): Command {
  return new Command("rehearse")
    .description("rehearse the whole mission in a sandbox: configure, lock, break the glass, prove, tear down")
    .option("--verbose", "show what the engine prints while it works", false)
    .action(async (options: { readonly verbose: boolean }) => {
      const { runRehearsal } = await import("./rehearse/command.ts");
      await runRehearsal(terminal, options);
    });
}

function wholeNumber(maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value <= maximum) return value;
    throw new InvalidArgumentError(`It has to be a whole number from 0 to ${maximum}.`);
  };
}

function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value <= 600) return value;
  throw new InvalidArgumentError("It has to be a number of seconds from 0 to 600, for example 0.5.");
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
