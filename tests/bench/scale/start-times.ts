import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Spread, spreadOf } from "../spread.ts";

const rounds = 5;
const program = join(import.meta.dirname, "..", "..", "..", "cli", "main.ts");

/**
 * Milliseconds that `break-glass sandbox -- node --version` takes as a whole, by the number of member accounts. The
 * numbers take turns; the first time of each is not counted.
 */
export function startTimes(numbersOfAccounts: readonly number[]): ReadonlyMap<number, Spread> {
  const times = new Map(numbersOfAccounts.map((accounts) => [accounts, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [accounts, measured] of times) {
      const milliseconds = startTime(accounts);
      if (round > 0) measured.push(milliseconds);
    }
  }
  return new Map([...times].map(([accounts, measured]) => [accounts, spreadOf(measured)]));
}

function startTime(accounts: number): number {
  const words = [program, "sandbox", "--accounts", String(accounts), "--", "node", "--version"];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`break-glass ${words.slice(1).join(" ")} failed:\n${stderr}`);
  return performance.now() - started;
}
