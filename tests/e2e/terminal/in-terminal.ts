import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { checkout, type TestSandbox } from "../sandbox.ts";

/** Keys, and what has to have appeared before somebody would press them. */
export interface Typed {
  readonly after: string;
  readonly keys: string;
}

export const keys = { enter: "\r", ctrlC: "\u0003", ctrlD: "\u0004", escape: "\u001b" } as const;

/** What somebody saw who ran the command in a terminal, colours and cursor movements taken away, and how it ended. */
export interface SeenInTerminal {
  readonly status: number;
  readonly screen: string;
  /** The same, as the terminal got it. */
  readonly raw: string;
}

/** Why there is no pseudo terminal on this machine, in words; `undefined` where there is one. */
export function whyNoTerminal(): string | undefined {
  const { status } = spawnSync("python3", ["-c", "import pty, sys; sys.exit(sys.version_info < (3, 9))"]);
  return status === 0 ? undefined : "there is no python3 (3.9 or newer) here, whose pseudo terminals these tests need";
}

/**
 * Runs `break-glass` in a sandbox and in a terminal, as somebody at a keyboard does.
 *
 * @throws Error with what was on the screen where something that was waited for did not appear
 */
export async function inTerminal(
  { environment }: TestSandbox,
  words: readonly string[],
  typed: readonly Typed[] = [],
  { columns = 80 } = {},
): Promise<SeenInTerminal> {
  const program = [process.execPath, join(checkout, "cli", "main.ts"), ...words];
  const driver = spawn("python3", [join(import.meta.dirname, "type_in_terminal.py")], {
    cwd: checkout,
    env: { ...environment, TERM: "xterm-256color" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  driver.stdin.end(JSON.stringify({ program, columns, typed }));
  const seen = driverAnswer.parse(JSON.parse(await text(driver.stdout)));
  if (seen.waitingFor !== null) throw new Error(`waited in vain for "${seen.waitingFor}":\n${seen.screen}`);
  const screen = stripVTControlCharacters(seen.screen).replaceAll("\r\n", "\n");
  return { status: seen.status, screen, raw: seen.screen };
}

const driverAnswer = z.strictObject({ status: z.int(), screen: z.string(), waitingFor: z.string().nullable() });
