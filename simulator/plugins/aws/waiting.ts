import { setTimeout as pause } from "node:timers/promises";

/** How a wait goes: the first look is at once, then one every `gap` until `deadline`; both in milliseconds. */
export interface Wait {
  readonly gap: number;
  readonly deadline: number;
}

/**
 * The official plugin's waits with its order of magnitude taken off: seconds become tens of milliseconds, minutes become
 * seconds. The deadline for queue attributes leaves room for a sandbox whose attributes take as long as AWS's, a minute.
 */
export const waits = {
  /** Official: 20 minutes. */
  bucket: { gap: 20, deadline: 10_000 },
  /** Official: 2 minutes. */
  bucketConfiguration: { gap: 20, deadline: 5_000 },
  /** Official: 6 equal reads 5 s apart, 3 minutes. */
  queueAttributes: { gap: 20, deadline: 90_000 },
  /** Official: 2 minutes for a policy whose principals are not known yet. */
  queuePolicy: { gap: 100, deadline: 2_000 },
  /** Official: 90 s, and so it is here: the sandbox keeps a deleted queue's name for AWS's 60 s. */
  queueDeletedRecently: { gap: 250, deadline: 90_000 },
  /** Official: 4 minutes for an organization that is still being set up. */
  organizationFinalizes: { gap: 100, deadline: 10_000 },
  /** Official: 2 minutes. */
  iamPropagation: { gap: 50, deadline: 5_000 },
  /** Official: 2 minutes. */
  topicAttribute: { gap: 50, deadline: 3_000 },
  /** Official: 2 minutes, to be confirmed, to appear and to be gone. */
  subscription: { gap: 20, deadline: 5_000 },
  /** Official: 2 minutes to appear, 5 minutes for its targets to be gone. */
  eventRule: { gap: 50, deadline: 5_000 },
  /** Official: 2 to 20 minutes, 5 or 15 equal reads 1 or 2 s apart. */
  key: { gap: 10, deadline: 10_000 },
  /** Official: 20 s. */
  queueAppears: { gap: 20, deadline: 3_000 },
  /** Official: 15 not-founds 3 s apart, 3 minutes. */
  queueDisappears: { gap: 10, deadline: 90_000 },
} as const satisfies Record<string, Wait>;

/**
 * Looks until there is something to see.
 *
 * @param what what is waited for, for the error
 * @throws {@link WaitTimedOut}; whatever `look` throws
 */
export async function waitUntil<Found>(
  what: string,
  { gap, deadline }: Wait,
  signal: AbortSignal,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  const end = Date.now() + deadline;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() >= end) throw new WaitTimedOut(what, deadline);
    await pause(gap, undefined, { signal });
  }
}

/** Looks until the same thing held `times` times in a row: the services answer from copies that agree only after a while. */
export async function waitUntilSteady(
  what: string,
  times: number,
  wait: Wait,
  signal: AbortSignal,
  holds: () => Promise<boolean>,
): Promise<void> {
  let inARow = 0;
  await waitUntil(what, wait, signal, async () => {
    inARow = (await holds()) ? inARow + 1 : 0;
    return inARow >= times ? true : undefined;
  });
}

/** Repeats work that fails for a passing reason; after the deadline its last error stands. */
export async function retryWhile<Result>(
  isPassing: (error: unknown) => boolean,
  { gap, deadline }: Wait,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = Date.now() + deadline;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || Date.now() >= end) throw error;
    }
    await pause(gap, undefined, { signal });
  }
}

export class WaitTimedOut extends Error {
  override readonly name = "WaitTimedOut";

  constructor(what: string, deadline: number) {
    super(`timeout while waiting for ${what} (timeout: ${deadline / 1000}s)`);
  }
}
