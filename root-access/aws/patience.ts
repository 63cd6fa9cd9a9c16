import { setTimeout as pause } from "node:timers/promises";
import type { RetryErrorType, RetryStrategyV2, RetryToken } from "@smithy/types";
import type { Pace } from "../audit/pace.ts";

export interface PatienceOptions {
  /** Whose turns every attempt waits for. Default: none. */
  readonly pace?: Pace;
  /** After how long no further attempt is made. Default: two minutes. */
  readonly deadlineMilliseconds?: number;
  /** Ends every wait. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * When the SDK sends a call again that may safely be sent twice: for up to two minutes while AWS asks to slow down, up to
 * five times where AWS or the network fails in passing. It waits here and not in the SDK, whose timers outlive a call
 * that has been aborted.
 *
 * @example new STSClient({ retryStrategy: patience({ pace: createPace(), signal }) })
 */
export function patience({ pace, deadlineMilliseconds = 120_000, signal }: PatienceOptions): RetryStrategyV2 {
  const wait = async (milliseconds: number): Promise<void> => {
    if (milliseconds > 0) await pause(milliseconds, undefined, signal === undefined ? {} : { signal });
  };
  return {
    acquireInitialRetryToken: async () => {
      await wait(pace?.takeTurn() ?? 0);
      return new Attempt(0, performance.now() + deadlineMilliseconds);
    },
    refreshRetryTokenForRetry: async (token, { errorType }) => {
      const { count, deadline } = Attempt.from(token);
      if (errorType === "THROTTLING") pace?.refused();
      if (!isWorthwhile(errorType, count + 1)) throw new Error("Another attempt would not help.");
      const delay = Math.max(jitter(count), pace?.takeTurn() ?? 0);
      if (performance.now() + delay > deadline) throw new Error("Another attempt would come too late.");
      await wait(delay);
      return new Attempt(count + 1, deadline);
    },
    recordSuccess: () => pace?.accepted(),
  };
}

/**
 * For a command that somebody waits for. Every call of this kit may be sent twice: reads, AssumeRoot, and writes that say
 * what is to be so, not what is to be added.
 *
 * @example await s3Client(access, patientWith(signal))
 */
export function patientWith(signal: AbortSignal | undefined): { readonly retryStrategy: RetryStrategyV2 } {
  return { retryStrategy: patience({ deadlineMilliseconds: 30_000, signal }) };
}

const mostAttempts = 5;

function isWorthwhile(errorType: RetryErrorType, attempts: number): boolean {
  return errorType === "THROTTLING" || (errorType !== "CLIENT_ERROR" && attempts < mostAttempts);
}

class Attempt implements RetryToken {
  readonly count: number;
  readonly deadline: number;

  constructor(count: number, deadline: number) {
    this.count = count;
    this.deadline = deadline;
  }

  /** The SDK hands back the token that it was given. */
  static from(token: RetryToken): Attempt {
    if (token instanceof Attempt) return token;
    throw new TypeError("The SDK retries with a token of another strategy.");
  }

  getRetryCount(): number {
    return this.count;
  }

  getRetryDelay(): number {
    return 0;
  }
}

/** Full jitter: anything from nothing to a bound that doubles from 100 ms to 5 s. */
function jitter(count: number): number {
  return Math.random() * Math.min(100 * 2 ** count, 5_000);
}
