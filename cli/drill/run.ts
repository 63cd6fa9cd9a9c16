import { type DrillReport, parseDrill, type ProofProgress, verifyDrill } from "#scenarios";
import { exitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import type { Terminal } from "../terminal.ts";
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
  terminal.result(flags.output === "json" ? JSON.stringify(report, undefined, 2) : table(terminal, report));
  if (!report.held) process.exitCode = exitCode.checkDidNotHold;
}

function show(terminal: Terminal, { state, resource, claim, milliseconds }: ProofProgress): void {
  if (state === "started") terminal.status(`        ${resource}: ${claim} …`);
  else terminal.note(`${seconds(milliseconds)} ${mark(terminal, state)} ${resource}: ${claim}`);
}

function table(terminal: Terminal, { held, proofs, backups }: DrillReport): string {
  const lines = proofs.map(({ outcome, resource, claim, milliseconds, detail }) => {
    const line = `${mark(terminal, outcome)} ${seconds(milliseconds)}  ${resource}: ${claim}`;
    return detail === undefined || outcome === "held" ? line : `${line}\n     ${detail}`;
  });
  const holding = proofs.filter(({ outcome }) => outcome === "held").length;
  const kept = backups.map((file) => `The removed policy is kept in ${file}`);
  const verdict = held ? "The drill holds" : "The drill does not hold";
  return [...lines, ...kept, `${verdict}: ${holding} of ${proofs.length} proofs.`].join("\n");
}

function mark({ colours }: Terminal, outcome: "held" | "failed" | "not attempted"): string {
  return { held: colours.green("✓"), failed: colours.red("✗"), "not attempted": colours.yellow("-") }[outcome];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2).padStart(5)} s`;
}
