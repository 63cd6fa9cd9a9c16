import { Command, InvalidArgumentError, Option } from "commander";
import { evaluatorPairs } from "./evaluator-pairs.ts";
import type { Fuzzer } from "./fuzzer.ts";
import { randomHttp } from "./random-http.ts";
import { randomOperations } from "./random-operations.ts";
import { randomPolicies } from "./random-policies.ts";
import { type Finding, fuzz, type Progress } from "./rounds.ts";

// npm run fuzz: throws random inputs at the simulator and at the evaluator, for as long as one likes.

const fuzzers: readonly Fuzzer[] = [randomHttp, randomOperations, randomPolicies, evaluatorPairs];

interface Options {
  readonly kind?: string;
  readonly seconds: number;
  readonly inputs: number;
  readonly seed: number;
  readonly path?: string;
}

const program = new Command("npm run fuzz --")
  .description("Throws random inputs at the simulator and at the policy evaluator until something is found.")
  .addOption(new Option("--kind <kind>", "only this one").choices(fuzzers.map(({ kind }) => kind)))
  .option("--seconds <number>", "how long, for each kind", parseCount, 60)
  .addOption(
    new Option("--inputs <number>", "how many at most, for each kind")
      .argParser(parseCount)
      .default(Infinity, "any number"),
  )
  .option("--seed <number>", "where to begin", parseCount, Date.now() % 1_000_000_000)
  .option("--path <path>", "with --kind and --seed of a finding: only its shrunk input")
  .addHelpText("after", `\nKinds:\n${fuzzers.map(({ kind, description }) => `  ${kind}: ${description}\n`).join("")}`)
  .action(run);

await program.parseAsync();

async function run({ kind: wanted, seconds, ...budget }: Options): Promise<void> {
  for (const fuzzer of fuzzers.filter(({ kind }) => wanted === undefined || kind === wanted)) {
    say(`${fuzzer.kind}: ${fuzzer.description}, from seed ${budget.seed}`);
    const { finding } = await fuzz(fuzzer, { ...budget, milliseconds: seconds * 1000 }, sayProgress);
    if (!finding) continue;
    sayFinding(fuzzer, finding);
    process.exitCode = 1;
  }
}

function sayProgress({ seed, inputs, counts }: Progress): void {
  const outcomes = Object.entries(counts).map(([outcome, count]) => `${outcome}: ${count}`);
  say(`  round ${seed} done, ${inputs} inputs: ${outcomes.join(", ")}`);
}

function sayFinding({ kind }: Fuzzer, { seed, path, report }: Finding): void {
  say(`\n${kind} found something.\n${report}\n`);
  say(`The whole round again:  npm run fuzz -- --kind ${kind} --seed ${seed}`);
  say(`Only the shrunk input:  npm run fuzz -- --kind ${kind} --seed ${seed} --path ${path}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0) throw new InvalidArgumentError("It has to be a whole number.");
  return count;
}
