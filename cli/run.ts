import { CommanderError } from "commander";
import { CommandError, exitCode } from "./exit-code.ts";
import { asksForJson, failureJson } from "./failure-json.ts";
import { createProgram, type Verb } from "./program.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/**
 * Runs the command with this process's arguments, streams and exit code.
 *
 * @param moreVerbs those of a checkout, where this is one
 */
export async function run(moreVerbs: readonly Verb[] = []): Promise<void> {
  await runWords(process.argv.slice(2), processTerminal(), moreVerbs);
}

/** The same with other words and another terminal; the exit code becomes this process's. */
export async function runWords(
  words: readonly string[],
  terminal: Terminal,
  moreVerbs: readonly Verb[] = [],
): Promise<void> {
  const program = createProgram(terminal, moreVerbs);
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    const code = await report(terminal, error);
    if (code !== exitCode.done && asksForJson(program, words)) terminal.result(failureJson(error, code));
    process.exitCode = code;
  }
}

async function report(terminal: Terminal, error: unknown): Promise<number> {
  // Commander has written its own sentence already; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  if (error instanceof CommandError) {
    const { note } = await import("./sentences.ts");
    note(terminal, `${terminal.colours.red("break-glass:")} ${error.message}`);
    return error.exitCode;
  }
  terminal.note(`${terminal.colours.red("break-glass:")} this is a defect of the command, please report it.`);
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCode.defect;
}
