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
  const report = await withExitCodes(() =>
    interruptible((signal) => {
      const onProgress = (progress: ProofProgress): void => {
        show(terminal, progress);
      };
      return verifyDrill({ drill: parseDrill(outputs), onProgress, signal });
    }),
  );
  terminal.result(flags.output === "json" ? JSON.stringify(report, undefined, 2) : drillTable(terminal, report));
  if (!report.held) process.exitCode = exitCode.checkDidNotHold;
}

function show(terminal: Terminal, { state, resource, claim }: ProofProgress): void {
  if (state === "started") terminal.status(`${resource}: ${claim} …`);
}
