import { Command } from "commander";
import type { Terminal } from "../terminal.ts";

/** `break-glass rehearse`: its arguments; what it does is loaded when it is called. */
export function rehearseCommand(terminal: Terminal): Command {
  return new Command("rehearse")
    .description("rehearse the whole mission in a sandbox: configure, lock, break the glass, prove, tear down")
    .option("--verbose", "show what the engine prints while it works", false)
    .action(async (options: { readonly verbose: boolean }) => {
      const { runRehearsal } = await import("../rehearse/command.ts");
      await runRehearsal(terminal, options);
    });
}
