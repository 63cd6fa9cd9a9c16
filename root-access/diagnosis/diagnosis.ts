import type { Denial } from "./denial.ts";

/** What stood in the way, in the order in which AWS looks. */
export type Cause =
  | "global-endpoint"
  | "root-user-caller"
  | "not-allowed-to-assume-root"
  | "trusted-access-off"
  | "feature-off"
  | "missing-permission"
  | "console-permissions"
  | "identity-policy-denies"
  | "permissions-boundary"
  | "session-policy"
  | "wrong-task"
  | "service-control-policy"
  | "resource-control-policy"
  | "resource-policy"
  | "vpc-endpoint-policy"
  | "session-expired"
  | "block-public-access"
  | "policy-not-named"
  | "unknown";

/** A refusal explained: why, and the smallest change that would let it through. */
export interface Diagnosis {
  readonly cause: Cause;
  /** Which policy denied and by which statement, or what is missing; one or two sentences. */
  readonly because: string;
  readonly changes: readonly Change[];
  /** What could not be looked at, and what that would need: `organizations:DescribePolicy`. */
  readonly notChecked: readonly string[];
  /** What was refused; several where one change answers them all. */
  readonly denials: readonly Denial[];
}

/** One way out. Where a diagnosis has several, each alone is enough unless it says otherwise. */
export interface Change {
  /** Who can make it and where; a sentence. */
  readonly what: string;
  /** JSON ready to paste: a statement to add, or the statement that is to replace the one named. */
  readonly json?: object;
  /** A command that makes it. */
  readonly command?: string;
}
