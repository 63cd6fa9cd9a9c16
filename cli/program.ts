import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Terminal } from "./terminal.ts";
import { auditCommand } from "./verbs/audit.ts";
import { credentialsCommand } from "./verbs/credentials.ts";
import { diagnoseCommand } from "./verbs/diagnose.ts";
import { restoreCommand } from "./verbs/restore.ts";
import { sessionCommand } from "./verbs/session.ts";
import { statusCommand } from "./verbs/status.ts";
import { unlockCommand } from "./verbs/unlock.ts";

export type Verb = (terminal: Terminal) => Command;

/**
 * The verbs of `break-glass` that need nothing but AWS, as help lists them. Each loads its room only when it is called, so
 * that help is instant.
 */
const verbs: readonly Verb[] = [
  statusCommand,
  unlockCommand,
  restoreCommand,
  auditCommand,
  credentialsCommand,
  sessionCommand,
  diagnoseCommand,
];

/** @param moreVerbs those of a checkout, where this is one */
export function createProgram(terminal: Terminal, moreVerbs: readonly Verb[]): Command {
  const program = new Command("break-glass")
    .description("Get a locked AWS account back through centralized root access, and rehearse it before the bad day.")
    .version(version())
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(break-glass --help lists the commands)")
    .addHelpText("after", exitCodesHelp);
  for (const verb of [...verbs, ...moreVerbs]) program.addCommand(throwing(verb(terminal)));
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

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
