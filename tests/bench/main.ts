/** `npm run bench`: what the sandbox organization and the evaluator manage on this machine, in about four minutes. */
import { cpus, loadavg } from "node:os";
import { Command } from "commander";
import { decisionRates } from "./decisions.ts";
import { requestRates } from "./request-rates.ts";
import { scale } from "./scale/scale.ts";

new Command("npm run bench")
  .description("Measures the sandbox organization and the policy evaluator, moto beside it; takes about three minutes.")
  .parse();

const processors = cpus();
const [load = 0] = loadavg();
print(
  `Node ${process.version}, ${processors.length} × ${processors[0]?.model ?? "processor of an unknown kind"}, ` +
    `load average before: ${load.toFixed(1)} (figures are worth most when it is near 0)`,
);
await requestRates(print);
decisionRates(print);
scale(print);

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
