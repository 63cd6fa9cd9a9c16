import type { IRawProperty } from "fast-check";
import type { Tally } from "./tally.ts";

/** A property for random inputs, and whatever it needs to run. */
export interface Fuzzer {
  /** As `npm run fuzz -- --kind` takes it. */
  readonly kind: string;
  readonly description: string;
  /** How often one round tries the property: then it starts afresh, so that no round depends on an earlier one. */
  readonly runsPerRound: number;
  readonly start: () => Promise<Round>;
}

export interface Round {
  readonly property: IRawProperty<unknown>;
  /** What came of the inputs so far; one run may have several. */
  readonly counts: Tally["counts"];
  readonly stop: () => Promise<void>;
}
