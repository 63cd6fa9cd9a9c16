/** What can go wrong on purpose. */
export const faultKinds = [
  "throttled",
  "rate-limited",
  "internal-error",
  "unavailable",
  "access-denied",
  "session-expired",
  "cut-before",
  "cut-after",
  "slow",
  "stale-read",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Which requests go wrong, and how. What a rule leaves out matches everything. */
export interface FaultRule {
  readonly fault: FaultKind;
  /** `sts`, `organizations`, … as docs/sandbox.md lists them. */
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  /** The caller's account. */
  readonly account?: string | undefined;
  /** Counted from 1 over the requests that match the rest of the rule. Default: all of them. */
  readonly calls?: readonly number[] | undefined;
  /** Of the requests that are left, this share, drawn with the plan's seed. Default: all of them. */
  readonly probability?: number | undefined;
  /** How long a slow answer takes. Default 2000. */
  readonly milliseconds?: number | undefined;
  /** How many requests a second a rate limit lets through. A second's worth may come at once. */
  readonly perSecond?: number | undefined;
}

/** A file of faults: two runs with one seed and the same requests go wrong alike. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** The plan is not one; the message says where and why, in one sentence for each thing wrong. */
export class FaultPlanError extends Error {
  override readonly name = "FaultPlanError";
}
