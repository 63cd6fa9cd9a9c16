import type { SandboxOrganization } from "#simulator";
import type { Ended } from "../matrix-sandbox.ts";

/** A verb at work on something in the sandbox: how it is set up, what it says, how one sees what has become of it. */
export interface Scenario {
  /** As in the table: `unlock s3 strip`. */
  readonly name: string;
  /** Sets the scene as an administrator; resolves to the words of the command. */
  readonly prepare: (stage: Stage) => Promise<readonly string[]>;
  /** What the verb works on, as it is: equal texts mean that nothing has changed. */
  readonly look: (organization: SandboxOrganization) => string;
  /** What has to hold at every moment of a run. @returns what does not */
  readonly always: (moment: Moment) => string | undefined;
  /** Whether a run's end is true to what has become of it. @returns each thing that is not */
  readonly judge: (end: RunEnd) => readonly string[];
  /** Makes AWS refuse the policy that the verb puts, for as long as the returned function is not called. */
  readonly blockPublicPolicy?: (organization: SandboxOrganization) => () => void;
}

/** Where a scenario plays. */
export interface Stage {
  readonly organization: SandboxOrganization;
  /** Backups and records lie below it. */
  readonly folder: string;
  /** Runs the command without any fault. */
  readonly run: (words: readonly string[]) => Promise<Ended>;
}

/** One look at a run under way. */
export interface Moment {
  readonly organization: SandboxOrganization;
  readonly folder: string;
  /** As it was before the run. */
  readonly before: string;
}

/** A run that has come to its end by itself. */
export interface RunEnd {
  readonly ended: Ended;
  readonly before: string;
  readonly now: string;
  /** What a run without faults makes of it. */
  readonly done: string;
  readonly backups: readonly string[];
}
