/** What the simulator answered, or how it did not. */
export interface Answer {
  /** Absent when the connection was closed without one. */
  readonly status?: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** Longer than this, and the simulator hangs. */
export const longestMilliseconds = 1000;

/** How long a sender waits before it counts an input as hanging for good. */
export const patienceMilliseconds = 5 * longestMilliseconds;

/**
 * What no input may ever lead to.
 *
 * @param defects what the simulator logged about itself
 * @throws Error naming what is wrong
 */
export function checkAnswer({ status = 0, body, milliseconds }: Answer, defects: readonly string[]): void {
  if (defects.length > 0) throw new Error(`the simulator logged a defect: ${defects.join("; ")}`);
  // 501 is how the simulator refuses what it does not model.
  if (status >= 500 && status !== 501) throw new Error(`status ${status}: ${body}`);
  if (/\n\s+at .*:\d+:\d+|node:internal|node_modules/.test(body)) throw new Error(`a stack trace: ${body}`);
  if (milliseconds > longestMilliseconds) throw new Error(`no answer within ${longestMilliseconds} ms, twice`);
}

/** A busy machine is slow now and then: what took too long is sent once more, by itself, before it counts. */
export async function unhurried(answer: Answer, sendAgain: () => Promise<Answer>): Promise<Answer> {
  return answer.milliseconds > longestMilliseconds ? sendAgain() : answer;
}
