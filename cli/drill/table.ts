import type { DrillReport, Proof } from "#scenarios";
import { counted } from "../counted.ts";
import { shownPath } from "../shown-path.ts";
import type { Terminal } from "../terminal.ts";

/** A drill's report for people: the proofs of each resource in their order, then the verdict. */
export function drillTable(terminal: Terminal, { held, proofs, backups }: DrillReport): string {
  const resources = Map.groupBy(proofs, ({ resource }) => resource);
  const holding = proofs.filter(({ outcome }) => outcome === "held").length;
  const verdict = held ? "The drill holds" : "The drill does not hold";
  return [
    ...[...resources].flatMap(([resource, its]) => [
      resource,
      ...its.map((proof, index) => line(terminal, proof, its[index - 1])),
    ]),
    ...backups.map((file) => `The removed policy is kept in ${shownPath(file)}${untilWhen()}`),
    `${verdict}: ${holding} of ${counted(proofs.length, "proof")}.`,
    ...([...resources.values()].some(([first]) => first?.outcome === "failed") ? [runsOnce] : []),
  ].join("\n");
}

/** For the drill that fails at its very beginning: most often it has been run before. */
const runsOnce =
  "A drill starts from a locked bucket and a locked queue, so it runs once.\n" +
  "For another one: pulumi destroy and pulumi up in scenarios/.";

function line({ colours }: Terminal, { outcome, claim, milliseconds, detail }: Proof, before?: Proof): string {
  const mark = { held: colours.green("✓"), failed: colours.red("✗"), "not attempted": colours.yellow("-") }[outcome];
  const duration = outcome === "not attempted" ? "" : inWords(milliseconds);
  const shown = `  ${mark} ${duration.padStart(8)}  ${claim}`;
  const isNews = detail !== undefined && outcome !== "held" && detail !== before?.detail;
  return isNews ? `${shown}\n              ${detail}` : shown;
}

function inWords(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** What a sandbox keeps goes with it. */
function untilWhen(): string {
  return process.env["BREAK_GLASS_SANDBOX"] === undefined ? "" : " for as long as this sandbox runs";
}
