import { type Check, status } from "#root-access";
import { inColumns } from "./columns.ts";
import { displayWidth } from "./display-width.ts";
import { wrapped } from "./wrapped.ts";
import { connect, type ConnectionFlags } from "./connection.ts";
import { exitCode } from "./exit-code.ts";
import { interruptible } from "./interruption.ts";
import { withExitCodes } from "./root-access-outcome.ts";
import type { Terminal } from "./terminal.ts";

export interface StatusFlags extends ConnectionFlags {
  readonly output: "table" | "json";
  readonly json: boolean;
}

/** `break-glass status`: how centralized root access stands, and what would have to be done. */
export async function runStatus(terminal: Terminal, flags: StatusFlags): Promise<void> {
  await withExitCodes(async () => {
    const breakGlass = await connect(flags);
    const { caller, checks } = await interruptible((signal) => status({ breakGlass, signal }));
    const isMissing = checks.some(({ state }) => state === "does not hold");
    terminal.result(
      flags.json || flags.output === "json"
        ? JSON.stringify({ caller, ok: !isMissing, checks: checks.map(asJson) }, undefined, 2)
        : statusTable(checks, terminal.columns()),
    );
    if (isMissing) process.exitCode = exitCode.checkDidNotHold;
  });
}

const words = { holds: "ok", "does not hold": "missing", "not checked": "not checked" } as const;

/**
 * A line a check, what to do below what is missing, the totals last.
 *
 * @param columns of the terminal; `undefined` where nothing has to fit
 */
export function statusTable(checks: readonly Check[], columns: number | undefined): string {
  const starts = inColumns(checks.map((found) => [words[found.state], found.about, ""]));
  const rows = checks.flatMap((found, index) => row(starts[index] ?? "", found, columns));
  const count = (state: Check["state"]): string =>
    `${checks.filter((found) => found.state === state).length} ${words[state]}`;
  return [...rows, `${count("holds")}, ${count("does not hold")}, ${count("not checked")}.`].join("\n");
}

/** What does not fit beside what it is about stands below it. */
function row(start: string, found: Check, columns = Infinity): readonly string[] {
  const texts = found.state === "does not hold" ? [found.what, `fix: ${found.next}`] : [found.because];
  const beside = displayWidth(start);
  if (texts.every((text) => beside + displayWidth(text) <= columns)) {
    return texts.map((text, line) => (line === 0 ? start : " ".repeat(beside)) + text);
  }
  const below = " ".repeat(start.indexOf(found.about));
  return [start.trimEnd(), ...texts.map((text) => wrapped(below + text, columns))];
}

function asJson({ about, ...found }: Check) {
  return found.state === "does not hold"
    ? { about, state: words[found.state], what: found.what, fix: found.next }
    : { about, state: words[found.state], because: found.because };
}
