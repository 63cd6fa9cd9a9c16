import { type Check, status } from "#root-access";
import { inColumns } from "./columns.ts";
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
        : statusTable(checks),
    );
    if (isMissing) process.exitCode = exitCode.checkDidNotHold;
  });
}

const words = { holds: "ok", "does not hold": "missing", "not checked": "not checked" } as const;

/** A line a check, what to do below what is missing, the totals last. */
export function statusTable(checks: readonly Check[]): string {
  const rows = checks.flatMap((found) => {
    const row = [words[found.state], found.about, found.state === "does not hold" ? found.what : found.because];
    return found.state === "does not hold" ? [row, ["", "", `fix: ${found.next}`]] : [row];
  });
  const count = (state: Check["state"]): string =>
    `${checks.filter((found) => found.state === state).length} ${words[state]}`;
  return [...inColumns(rows), `${count("holds")}, ${count("does not hold")}, ${count("not checked")}.`].join("\n");
}

function asJson({ about, ...found }: Check) {
  return found.state === "does not hold"
    ? { about, state: words[found.state], what: found.what, fix: found.next }
    : { about, state: words[found.state], because: found.because };
}
