import { parseDrill, type ProofProgress, verifyDrill } from "#scenarios";
import { exitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import type { Terminal } from "../terminal.ts";
import { drillTable } from "./table.ts";
import { outputsFromFile, stackOutputs } from "./stack-outputs.ts";

export interface DrillRunFlags {
  readonly stack: string;
  readonly outputs?: string;
  readonly output: "table" | "json";
}

/** `break-glass drill run`: proves lock, unlock and recovery. Ends with 1 when a proof does not hold. */
export async function runDrill(terminal: Terminal, flags: DrillRunFlags): Promise<void> {
  const outputs = await (flags.outputs === undefined ? stackOutputs(flags.stack) : outputsFromFile(flags.outputs));
  const progress = showProgress(terminal);
  const report = await withExitCodes(() =>
    interruptible((signal) => verifyDrill({ drill: parseDrill(outputs), onProgress: progress.show, signal })),
  ).finally(progress.stop);
  terminal.result(flags.output === "json" ? JSON.stringify(report, undefined, 2) : drillTable(terminal, report));
  if (!report.held) process.exitCode = exitCode.checkDidNotHold;
}

/** What is being proven at the moment, and for how long: AWS may take two minutes over a queue's policy. */
function showProgress(terminal: Terminal): { show: (progress: ProofProgress) => void; stop: () => void } {
  let ticker: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearInterval(ticker);
  };
  const show = ({ state, resource, claim }: ProofProgress): void => {
    if (state !== "started") return;
    stop();
    const [kind = ""] = resource.split(" ");
    const started = performance.now();
    const tell = (): void => {
      terminal.status(`${Math.floor((performance.now() - started) / 1000)} s  ${kind}: ${claim} …`);
    };
    tell();
    ticker = setInterval(tell, 1000);
  };
  return { show, stop };
}
