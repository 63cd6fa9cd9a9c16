/** `npm run bench`: what the sandbox organization and the evaluator manage on this machine, in about ten minutes. */
import { cpus, loadavg } from "node:os";
import { Command, Option } from "commander";
import { commandSpeed } from "./command/command.ts";
import { decisionRates } from "./decisions.ts";
import { requestRates } from "./request-rates.ts";
import { scale } from "./scale/scale.ts";

const parts = {
  sandbox: async () => {
    await requestRates(print);
    decisionRates(print);
    scale(print);
  },
  command: () => commandSpeed(print),
};

const { only } = new Command("npm run bench --")
  .description("Measures the sandbox organization, the policy evaluator and the command; takes about ten minutes.")
  .addOption(new Option("--only <part>", "one part of both").choices(Object.keys(parts)))
  .parse()
  .opts<{ readonly only?: string }>();

const processors = cpus();
const [load = 0] = loadavg();
print(
  `Node ${process.version}, ${processors.length} × ${processors[0]?.model ?? "processor of an unknown kind"}, ` +
    `load average before: ${load.toFixed(1)} (figures are worth most when it is near 0)`,
);
for (const [part, measure] of Object.entries(parts)) if ((only ?? part) === part) await measure();

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
