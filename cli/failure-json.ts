import { type Command, CommanderError } from "commander";
import { CommandError, exitCode, nothingChanged } from "./exit-code.ts";

/**
 * Whether a command line asks for JSON, of a verb that gives it. Read from the words, as it has to be known where they are
 * not understood, too.
 */
export function asksForJson(program: Command, words: readonly string[]): boolean {
  const own = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  if (!givesJson(verbOf(program, own))) return false;
  if (own.includes("--json")) return true;
  const chosen = own.flatMap((word, index) => {
    if (word === "--output") return own[index + 1] ?? [];
    return word.startsWith("--output=") ? word.slice("--output=".length) : [];
  });
  return chosen.at(-1) === "json";
}

function givesJson({ options }: Command): boolean {
  return options.some(({ long, argChoices }) => long === "--output" && argChoices?.includes("json") === true);
}

function verbOf(command: Command, [word, ...others]: readonly string[]): Command {
  const inner = command.commands.find((one) => one.name() === word);
  return inner === undefined ? command : verbOf(inner, others);
}

/** A failure in one line of JSON: what happened, with which exit code, what is different in AWS now, what to do. */
export function failureJson(error: unknown, code: number): string {
  if (error instanceof CommandError) {
    const { what, effect, next, aws } = error.told;
    return document({ error: what, effect: effect ?? unsent(code), next, aws }, code);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CommanderError) {
    return document({ error: message.replace(/^error: /, ""), effect: unsent(code) }, code);
  }
  return document({ error: `A defect of the command: ${message}` }, code);
}

/** What is wrong with how the command was called is seen before anything is sent. */
function unsent(code: number): string | undefined {
  return code === exitCode.usage ? nothingChanged : undefined;
}

function document(
  { error, ...told }: { readonly error: string; readonly [name: string]: unknown },
  code: number,
): string {
  return JSON.stringify({ error: error.replaceAll(/\s*\n\s*/g, " "), exitCode: code, ...told });
}
