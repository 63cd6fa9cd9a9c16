import { credentialProcessOutput, type RootSession, sessionExports } from "#root-access";
import { note } from "./sentences.ts";
import type { Terminal } from "./terminal.ts";

/** How a session's credentials are printed: for `eval` in a shell, or for a profile's `credential_process`. */
export type SessionForm = "env" | "credential-process";

/** Prints them on stdout, and warns on stderr where more people than the caller will see them there. */
export function printCredentials(terminal: Terminal, form: SessionForm, session: RootSession, region: string): void {
  const seen = seenByOthers(terminal);
  if (seen !== undefined) note(terminal, `${terminal.colours.yellow("Warning:")} ${seen(whatItGives(session))}`);
  terminal.result(form === "env" ? sessionExports(process.env, session, region) : credentialProcessOutput(session));
}

function seenByOthers({ columns, resultMode }: Terminal): ((gives: string) => string) | undefined {
  if (columns() !== undefined) {
    return (gives) =>
      `whoever sees this screen, or its scrollback, ${gives}. How a shell takes them instead: break-glass session --help.`;
  }
  const mode = resultMode();
  if (mode === undefined || (mode & readableByOthers) === 0) return undefined;
  return (gives) =>
    `others can read the file that the credentials go into (mode ${mode.toString(8)}): whoever does ${gives}. ` +
    "Take that away with chmod 600; umask 077 before the command keeps it from coming.";
}

const readableByOthers = 0o044;

function whatItGives({ accountId, task, expiresAt }: RootSession): string {
  return `is the root user of ${accountId} for ${task} until ${expiresAt.toISOString()}`;
}
