import { createTwoFilesPatch } from "diff";
import type { PolicyPlan } from "#root-access";
import type { Terminal } from "./terminal.ts";
import { wrapped } from "./wrapped.ts";

/** What locks and what is to change, for the person who decides: each statement with its reasons, then the difference. */
export function policyChangeText(terminal: Terminal, { plan, policyText = "" }: PlanShown): string {
  const sentences = [...plan.locks.flatMap(describeLock), ...kept(plan)].join("\n");
  return [wrapped(sentences, terminal.noteColumns()), "", difference(terminal, plan, policyText)].join("\n");
}

interface PlanShown {
  readonly plan: PolicyPlan;
  readonly policyText?: string;
}

function describeLock({ name, denies, unless }: PolicyPlan["locks"][number]): readonly string[] {
  return [
    `Statement ${name} locks: it denies ${denies.join(" and ")} to the account's administrators.`,
    ...unless.map((way) => `  unless ${way}`),
  ];
}

function kept({ change, stays }: PolicyPlan): readonly string[] {
  if (stays.length === 0) return [];
  const names = stays.map(({ name }) => name).join(", ");
  return [change.kind === "put" ? `Stays as it is: ${names}.` : `Goes with it, though it does not lock: ${names}.`];
}

/** Policies come in one line as often as not: laid out, a difference can be read. The change itself keeps every byte. */
function difference({ colours }: Terminal, { change }: PolicyPlan, policyText: string): string {
  const after = change.kind === "put" ? laidOut(change.policyText) : "";
  if (after === laidOut(policyText)) return readsTheSame;
  const lines = createTwoFilesPatch("policy", "policy after", laidOut(policyText), after).trimEnd().split("\n");
  return lines
    .filter((line) => !/^(=+$|\\)/.test(line))
    .map((line) => (line.startsWith("-") ? colours.red(line) : line.startsWith("+") ? colours.green(line) : line))
    .join("\n");
}

/** Of a queue (docs/aws-behaviour.md, section 6). */
const readsTheSame =
  "The queue reads as if it had this policy. Another change may be on its way, which SQS shows up\n" +
  "to a minute late: it is written all the same.";

function laidOut(policyText: string): string {
  if (policyText === "") return "";
  return `${JSON.stringify(JSON.parse(policyText), undefined, 2)}\n`;
}
