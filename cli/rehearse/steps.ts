import { dirname, join } from "node:path";

/** One step of the rehearsal: a command as a person would type it in the sandbox. */
export interface Step {
  readonly title: string;
  readonly program: "pulumi" | "break-glass";
  readonly arguments: readonly string[];
  readonly folder: string;
  /** What its success shows, for the summary. */
  readonly proves: string;
}

/** A step that has been done, with how long it took. */
export interface DoneStep {
  readonly step: Step;
  readonly seconds: number;
  /** What the step's command printed as its result. */
  readonly result: string;
}

const checkout = dirname(dirname(import.meta.dirname));
const scenarios = join(checkout, "scenarios");
const unattended = ["--stack", "dev", "--non-interactive", "--color", "never"];

/** The whole mission, in order. */
export const steps: readonly Step[] = [
  {
    title: "configure the organization",
    program: "pulumi",
    arguments: ["up", "--yes", "--skip-preview", ...unattended],
    folder: checkout,
    proves: "trusted access, both root features, the delegated administrator, BreakGlassAssumeRoot and its assignments",
  },
  {
    title: "lock the drill's bucket and queue",
    program: "pulumi",
    arguments: ["up", "--yes", "--skip-preview", ...unattended],
    folder: scenarios,
    proves: "a bucket with objects and a queue with messages, each under a deny-all policy",
  },
  {
    title: "prove the lock, break the glass, prove the recovery",
    program: "break-glass",
    arguments: ["drill", "run", "--stack", "dev"],
    folder: checkout,
    proves: "",
  },
  {
    title: "deploy the drill again: nothing changes, nothing is locked again",
    program: "pulumi",
    arguments: ["up", "--yes", "--skip-preview", "--expect-no-changes", ...unattended],
    folder: scenarios,
    proves: "an unlocked fixture is not locked again",
  },
  {
    title: "tear the drill down",
    program: "pulumi",
    arguments: ["destroy", "--yes", "--skip-preview", ...unattended],
    folder: scenarios,
    proves: "the drill's bucket and queue are gone",
  },
  {
    title: "look for anything left behind",
    program: "break-glass",
    arguments: ["drill", "cleanup", "--dry-run", "--profile", "orders", "--region", "ap-northeast-2"],
    folder: checkout,
    proves: "no bucket and no queue of the drill is left in the member account",
  },
  {
    title: "take the organization's configuration down",
    program: "pulumi",
    arguments: ["destroy", "--yes", "--skip-preview", ...unattended],
    folder: checkout,
    proves: "assignments, permission set, delegate, features and trusted access are removed in reverse order",
  },
];
