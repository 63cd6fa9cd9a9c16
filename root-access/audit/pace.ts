/** How fast calls of one kind may follow each other, learnt from what AWS accepts and refuses. */
export interface Pace {
  /** Takes the next turn. @returns the milliseconds until it comes */
  readonly takeTurn: () => number;
  /** A call was not throttled. */
  readonly accepted: () => void;
  /** A call was throttled. */
  readonly refused: () => void;
  /** Calls a second at the moment. */
  readonly perSecond: () => number;
}

/**
 * A pace that starts at 100 calls a second and doubles every 0.7 seconds while all are accepted. Once AWS refuses one, it
 * falls to nine tenths of what was accepted during the last second, by half at most, and feels its way up again: by a
 * tenth a second, at least by half a call a second. So it stays at the limit, whatever the limit is, and follows it.
 *
 * @param now milliseconds of a clock that never goes back
 * @example await setTimeout(pace.takeTurn());
 */
export function createPace(now: () => number = () => performance.now()): Pace {
  let rate = firstRate;
  let hasBeenRefused = false;
  let nextTurn = -Infinity;
  let refusedAt = -Infinity;
  let acceptedAt: readonly number[] = [];
  const started = now();

  const acceptedPerSecond = (): number => {
    const time = now();
    const observed = Math.min(Math.max(time - started, shortestObservation), 1_000);
    return acceptedAt.filter((at) => at > time - observed).length / (observed / 1_000);
  };

  return {
    takeTurn: () => {
      const time = now();
      const turn = Math.max(time, nextTurn);
      nextTurn = turn + 1_000 / rate;
      return turn - time;
    },
    accepted: () => {
      acceptedAt = [...acceptedAt.filter((at) => at > now() - 1_000), now()];
      rate = Math.min(rate + (hasBeenRefused ? Math.max(0.1, 0.5 / rate) : 1), highestRate);
    },
    refused: () => {
      // One refusal tells as much as the dozen that were under way with it.
      if (now() - refusedAt < sameRefusal) return;
      refusedAt = now();
      hasBeenRefused = true;
      rate = Math.max(Math.min(rate, acceptedPerSecond() * 0.9), rate / 2, lowestRate);
    },
    perSecond: () => rate,
  };
}

const firstRate = 100;
const lowestRate = 2;
const highestRate = 1_000;
const sameRefusal = 250;
const shortestObservation = 250;
