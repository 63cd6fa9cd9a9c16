import { setTimeout as pause } from "node:timers/promises";
import { RootAccessError } from "./root-access-error.ts";

/** One look at the world: what was waited for, or what was seen instead. */
export type Look<Found> = { readonly found: Found } | { readonly instead: string };

export interface Wait<Found> {
  /** Completes the sentence "Waited 60 s for …". */
  readonly waitingFor: string;
  readonly look: () => Promise<Look<Found>>;
  readonly deadlineMilliseconds: number;
  readonly firstPauseMilliseconds?: number;
  readonly longestPauseMilliseconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks, and looks again with growing pauses, until `look` finds what is waited for. The first look is immediate and the
 * last one comes at the deadline. Without a first pause of its own a wait pauses 100 ms first, or a hundredth of a short
 * deadline.
 *
 * @throws RootAccessError `timed-out` with what was seen last, or `cancelled`; whatever `look` throws ends the wait
 * @example await waitFor({ waitingFor: "the queue's policy to be gone", look, deadlineMilliseconds: 120_000 })
 */
export async function waitFor<Found>(wait: Wait<Found>): Promise<Found> {
  const { waitingFor, look, deadlineMilliseconds, signal } = wait;
  const longest = wait.longestPauseMilliseconds ?? 5_000;
  const started = performance.now();
  let next = wait.firstPauseMilliseconds ?? Math.min(100, deadlineMilliseconds / 100);
  for (;;) {
    stopIfCancelled(waitingFor, signal);
    const seen = await look();
    if ("found" in seen) return seen.found;
    const left = deadlineMilliseconds - (performance.now() - started);
    if (left <= 0) throw timedOut(waitingFor, deadlineMilliseconds, seen.instead);
    await pauseUnlessCancelled(Math.min(next, left), waitingFor, signal);
    next = Math.min(next * 1.6, longest);
  }
}

function timedOut(waitingFor: string, deadlineMilliseconds: number, instead: string): RootAccessError {
  return new RootAccessError({
    reason: "timed-out",
    what: `Waited ${Math.round(deadlineMilliseconds / 100) / 10} s for ${waitingFor}; last seen: ${instead}.`,
    next: "Try again: what AWS has accepted may still be on its way.",
  });
}

async function pauseUnlessCancelled(milliseconds: number, waitingFor: string, signal?: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    stopIfCancelled(waitingFor, signal);
    throw error;
  }
}

function stopIfCancelled(waitingFor: string, signal?: AbortSignal): void {
  if (signal?.aborted !== true) return;
  throw new RootAccessError({ reason: "cancelled", what: `Cancelled while waiting for ${waitingFor}.` });
}
