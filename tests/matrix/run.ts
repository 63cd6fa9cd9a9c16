import { Command } from "commander";
import { caseName, everyCase, type MatrixCase } from "./cases.ts";
import { recordScenario, runCase } from "./run-case.ts";
import { everyScenario } from "./scenarios/every-scenario.ts";
import { type Played, tally } from "./tally.ts";

// npm run test:matrix: every verb that writes, at every call, in every way that it can go wrong.

interface Options {
  readonly verb?: string;
  readonly fault?: string;
}

await new Command("npm run test:matrix --")
  .description("Lets every verb that writes go wrong at every AWS call that it makes, in every way.")
  .option("--verb <words>", "only verbs whose name holds these words: unlock s3")
  .option("--fault <words>", "only faults whose name holds these words: killed")
  .action(run)
  .parseAsync();

async function run({ verb = "", fault = "" }: Options): Promise<void> {
  const played: Played[] = [];
  for (const scenario of everyScenario.filter(({ name }) => name.includes(verb))) {
    const recorded = await recordScenario(scenario);
    const cases = everyCase([recorded]).filter((one) => one.fault.name.includes(fault));
    const before = performance.now();
    for (const one of cases) played.push({ one, result: await playAndTell(one) });
    const seconds = ((performance.now() - before) / 1000).toFixed(0);
    say(`${scenario.name}: ${recorded.calls.length} calls, ${cases.length} cases, ${seconds} s`);
  }
  say(`\n${tally(played)}`);
  if (played.length === 0 || played.some(({ result }) => result.problems.length > 0)) process.exitCode = 1;
}

async function playAndTell(one: MatrixCase) {
  const result = await runCase(one);
  if (result.problems.length > 0) {
    say(
      `\n${caseName(one)}\n${result.problems.map((problem) => `  - ${problem}`).join("\n")}\n  ${result.said.trim().replaceAll("\n", "\n  ")}\n`,
    );
  }
  return result;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
