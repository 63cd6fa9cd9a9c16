import type { DrillReport, Proof } from "#scenarios";
import type { Terminal } from "../terminal.ts";

/** A drill's report for people: the proofs of each resource in their order, then the verdict. */
export function drillTable(terminal: Terminal, { held, proofs, backups }: DrillReport): string {
  const resources = [...new Set(proofs.map(({ resource }) => resource))];
  const holding = proofs.filter(({ outcome }) => outcome === "held").length;
  const verdict = held ? "The drill holds" : "The drill does not hold";
  return [
    ...resources.flatMap((resource) => [
      resource,
      ...proofs.filter((proof) => proof.resource === resource).map((proof) => line(terminal, proof)),
    ]),
    ...backups.map((file) => `The removed policy is kept in ${file}${untilWhen()}`),
    `${verdict}: ${holding} of ${proofs.length} proofs.`,
  ].join("\n");
}

function line({ colours }: Terminal, { outcome, claim, milliseconds, detail }: Proof): string {
  const mark = { held: colours.green("✓"), failed: colours.red("✗"), "not attempted": colours.yellow("-") }[outcome];
  const duration = outcome === "not attempted" ? "" : `${milliseconds.toFixed(0)} ms`;
  const shown = `  ${mark} ${duration.padStart(8)}  ${claim}`;
  return detail === undefined || outcome === "held" ? shown : `${shown}\n              ${detail}`;
}

/** What a sandbox keeps goes with it. */
function untilWhen(): string {
  return process.env["BREAK_GLASS_SANDBOX"] === undefined ? "" : " for as long as this sandbox runs";
}
