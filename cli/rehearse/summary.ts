import type { Terminal } from "../terminal.ts";
import type { DoneStep } from "./steps.ts";

/** One line for a step: how long it took, and what it was. */
export function stepLine({ colours }: Terminal, title: string, seconds: number): string {
  return `${colours.dim(`${seconds.toFixed(1).padStart(5)} s`)} ${title}`;
}

/** What the rehearsal proved, and where its time went. */
export function summary(terminal: Terminal, done: readonly DoneStep[], totalSeconds: number): string {
  const engineSeconds = done
    .filter(({ step }) => step.program === "pulumi")
    .reduce((sum, { seconds }) => sum + seconds, 0);
  const proven = done.flatMap(({ step }) =>
    step.proves === "" ? [] : [`  ${terminal.colours.green("✓")} ${step.proves}`],
  );
  return [
    "",
    terminal.colours.bold(
      "The rehearsal is complete. Shown by the real engine and the real SDK clients against the sandbox:",
    ),
    ...proven,
    `${totalSeconds.toFixed(1)} s in all: ${engineSeconds.toFixed(1)} s in Pulumi, ${(totalSeconds - engineSeconds).toFixed(1)} s in the kit.`,
  ].join("\n");
}
