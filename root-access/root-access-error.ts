/**
 * Why an operation on root access stopped.
 *
 * - `usage`: what was asked for is incomplete or contradicts itself
 * - `not-authenticated`: AWS does not accept the credentials, or there are none
 * - `not-authorized`: AWS knows the caller and says no, or is known to: a feature is off, an account has no root sessions
 * - `aws-failed`: AWS or the way to it failed, or the resource is not there
 * - `refused`: a guardrail of this kit stopped it before anything was sent
 * - `cancelled`: the caller's AbortSignal
 * - `timed-out`: something did not become true before its deadline
 */
export type FailureReason =
  "usage" | "not-authenticated" | "not-authorized" | "aws-failed" | "refused" | "cancelled" | "timed-out";

/** What AWS itself answered: its error code and message, word for word, and the request id that AWS Support asks for. */
export interface AwsAnswer {
  readonly code: string;
  readonly message: string;
  readonly requestId?: string;
}

export interface Failure {
  readonly reason: FailureReason;
  /** One sentence: what happened, to which resource. */
  readonly what: string;
  /** One sentence: what is now different in AWS, or that nothing is. */
  readonly effect?: string;
  /** One or two sentences: what to do now. */
  readonly next?: string;
  readonly aws?: AwsAnswer;
  /** How often it was sent until AWS gave this answer; absent where it was once, or where there was no answer. */
  readonly attempts?: number;
}

/**
 * The one error of this room, written for the person who has to act on it. Its message is `what`, `effect` and `next` in
 * one line; it never holds credentials, and no SDK error as its cause, because those keep the raw response.
 */
export class RootAccessError extends Error {
  override readonly name = "RootAccessError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super([failure.what, failure.effect, failure.next].filter((sentence) => sentence !== undefined).join(" "));
    this.failure = failure;
  }

  get reason(): FailureReason {
    return this.failure.reason;
  }

  /** The same failure, told with what it means for the resource at the point where it happened. */
  withEffect(effect: string): RootAccessError {
    return new RootAccessError({ ...this.failure, effect });
  }
}
