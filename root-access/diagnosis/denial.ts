import type { AccessDenied } from "#iam";

/** One refusal by AWS, taken from wherever somebody found it. */
export interface Denial {
  /** AWS's message, on one line. */
  readonly message: string;
  /** AWS's error code, where the source has it. */
  readonly code?: string;
  /** `AssumeRoot`, where the source has it. */
  readonly operation?: string;
  /** Who, what, on which resource and why, where the message says so. */
  readonly said?: AccessDenied;
  /** What only a CloudTrail event tells. */
  readonly event?: DenialEvent;
}

/** The part of a CloudTrail event that a diagnosis needs (docs/aws-behaviour.md, section 9). */
export interface DenialEvent {
  readonly id?: string;
  readonly time?: string;
  readonly region?: string;
  /** True for what was done with credentials that AssumeRoot gave. */
  readonly rootSession: boolean;
  /** Of an AssumeRoot: the task policy that was asked for. */
  readonly taskPolicyArn?: string;
  /** True where the console made the request. */
  readonly fromConsole: boolean;
}
