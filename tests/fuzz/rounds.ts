import fc from "fast-check";
import type { Fuzzer } from "./fuzzer.ts";

/** How far to go, and from where. */
export interface Budget {
  readonly seed: number;
  /** A round that would go over it is cut short; one property run may count several inputs. */
  readonly inputs: number;
  readonly milliseconds: number;
  /** fast-check's way to one shrunk input of the round with this seed: only that one is tried. */
  readonly path?: string;
}

export interface Progress {
  readonly seed: number;
  readonly inputs: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A round that found something. */
export interface Finding {
  readonly seed: number;
  readonly path: string;
  /** The shrunk input and what is wrong with it, where it was found out. */
  readonly report: string;
}

/**
 * Runs a fuzzer round after round, each with the next seed, until the budget is used up or something is found.
 *
 * @param tell is told after every round
 */
export async function fuzz(
  fuzzer: Fuzzer,
  budget: Budget,
  tell: (progress: Progress) => void,
): Promise<{ readonly counts: Readonly<Record<string, number>>; readonly finding?: Finding }> {
  const ends = performance.now() + budget.milliseconds;
  let counts: Readonly<Record<string, number>> = {};
  for (let round = 0; total(counts) < budget.inputs && (round === 0 || performance.now() < ends); round++) {
    const seed = budget.seed + round;
    const left = { inputs: budget.inputs - total(counts), milliseconds: ends - performance.now() };
    const { finding, counts: more } = await playRound(fuzzer, { ...budget, ...left, seed });
    counts = sum(counts, more);
    tell({ seed, inputs: total(counts), counts });
    if (finding) return { counts, finding };
    if (budget.path !== undefined) break;
  }
  return { counts };
}

async function playRound(
  { runsPerRound, start }: Fuzzer,
  { seed, inputs, milliseconds, path }: Budget,
): Promise<{ readonly counts: Readonly<Record<string, number>>; readonly finding?: Finding }> {
  const { property, counts, stop } = await start();
  try {
    const details = await fc.check(property, {
      seed,
      numRuns: path === undefined ? Math.min(runsPerRound, inputs) : 1,
      interruptAfterTimeLimit: Math.max(1, Math.min(milliseconds, longestTimer)),
      ...(path === undefined ? {} : { path, endOnFailure: true }),
    });
    if (!details.failed) return { counts: counts() };
    const { counterexamplePath, counterexample, errorInstance } = details;
    const report = `${explained(errorInstance)}\nThe shrunk input: ${fc.stringify(counterexample)}`;
    return { counts: counts(), finding: { seed, path: counterexamplePath ?? "", report } };
  } finally {
    await stop();
  }
}

/** An error with what led to it, and without the fuzzer's own inside. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}:\n${explained(error.cause)}`;
}

/** What a timer takes at most. */
const longestTimer = 2 ** 31 - 1;

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

function sum(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const outcomes = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(outcomes.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
