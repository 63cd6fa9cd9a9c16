import type { MatrixCase } from "./cases.ts";
import { matrixFaults } from "./faults.ts";
import type { CaseResult } from "./run-case.ts";

/** A case that has been run. */
export interface Played {
  readonly one: MatrixCase;
  readonly result: CaseResult;
}

/** Counts by verb and fault, and what has become of the policies, for people. */
export function tally(played: readonly Played[]): string {
  const faults = matrixFaults.map(({ name }) => name);
  const verbs = [...new Set(played.map(({ one }) => one.scenario.name))];
  const count = (verb: string, fault: string): number =>
    played.filter(({ one }) => one.scenario.name === verb && one.fault.name === fault).length;
  const rows = faults.map((fault) => [fault, ...verbs.map((verb) => String(count(verb, fault)))]);
  const outcomes = (["done", "unchanged", "in the middle", "not met"] as const).map(
    (outcome) => `${played.filter(({ result }) => result.outcome === outcome).length} ${outcome}`,
  );
  const restored = played.filter(({ result }) => result.restored).length;
  const failed = played.filter(({ result }) => result.problems.length > 0).length;
  return [
    columns([["", ...verbs], ...rows]),
    `${played.length} cases, ${failed} of which do not hold. After the fault: ${outcomes.join(", ")}. The next run finished every one that holds.`,
    `${restored} policies that were changed have been put back from their backups, to the byte.`,
  ].join("\n");
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    )
    .join("\n");
}
