import { defaultBackupFolder } from "#root-access";
import { parseDrill, partiesOf, type ProofProgress, verifyDrill, type Verification } from "#scenarios";
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
  const verification = await withExitCodes(() =>
    interruptible((signal) => {
      const drill = parseDrill(outputs);
      const onProgress = (progress: ProofProgress): void => {
        show(terminal, progress);
      };
      return verifyDrill({ drill, ...partiesOf(drill), backupFolder: defaultBackupFolder(), onProgress, signal });
    }),
  );
  terminal.result(flags.output === "json" ? JSON.stringify(verification, undefined, 2) : table(terminal, verification));
  if (!verification.holds) process.exitCode = exitCode.checkDidNotHold;
}

function show(terminal: Terminal, { state, resource, claim, milliseconds }: ProofProgress): void {
  if (state === "started") terminal.status(`        ${resource}: ${claim} …`);
  else terminal.note(`${seconds(milliseconds)} ${mark(terminal, state)} ${resource}: ${claim}`);
}

function table(terminal: Terminal, { holds, proofs }: Verification): string {
  const lines = proofs.map(({ outcome, resource, claim, milliseconds, detail }) => {
    const line = `${mark(terminal, outcome)} ${seconds(milliseconds)}  ${resource}: ${claim}`;
    return detail === undefined || outcome === "held" ? line : `${line}\n     ${detail}`;
  });
  const held = proofs.filter(({ outcome }) => outcome === "held").length;
  const verdict = holds ? "The drill holds" : "The drill does not hold";
  return [...lines, `${verdict}: ${held} of ${proofs.length} proofs.`].join("\n");
}

function mark({ colours }: Terminal, outcome: "held" | "failed" | "not attempted"): string {
  return { held: colours.green("✓"), failed: colours.red("✗"), "not attempted": colours.yellow("-") }[outcome];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2).padStart(5)} s`;
}
