import { Command, Option } from "commander";
import type { Terminal } from "../terminal.ts";
import { seconds, wholeNumber } from "./options.ts";

/** `break-glass sandbox`: its arguments; what it does is loaded when it is called. */
export function sandboxCommand(terminal: Terminal): Command {
  return new Command("sandbox")
    .description("run a command in a local AWS organization, or keep one running until Ctrl-C")
    .argument("[command...]", "what to run, after --, for example: -- aws sts get-caller-identity --profile management")
    .passThroughOptions()
    .addOption(
      new Option("--port <n>", "listen on this port of 127.0.0.1")
        .default(0, "a free one")
        .argParser(wholeNumber(0, 65_535)),
    )
    .option("--configured", "start with the organization as it is after `pulumi up`", false)
    .addOption(
      new Option("--accounts <n>", "this many more member accounts").default(0).argParser(wholeNumber(0, 100_000)),
    )
    .addOption(new Option("--latency <ms>", "answer this much later").default(0).argParser(wholeNumber(0, 60_000)))
    .addOption(
      new Option("--propagation <seconds>", "time until SQS attributes and Identity Center writes take effect")
        .default(1)
        .argParser(seconds),
    )
    .option("--faults <file>", "let requests go wrong on purpose, as this JSON file says (docs/sandbox.md)")
    .action(async (command: string[], options: SandboxFlags) => {
      const { runSandbox } = await import("../sandbox/command.ts");
      const { readFaultPlan } = await import("../sandbox/fault-file.ts");
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
