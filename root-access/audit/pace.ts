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
 * A pace that starts at 100 calls a second and speeds up with every accepted call. Once AWS refuses one, it falls to
 * nine tenths of what was accepted during the last second and feels its way up again, a tenth a second: so it stays at
 * the limit, whatever the limit is, and follows it when it changes.
 *
 * @param now milliseconds of a clock that never goes back
 * @example await setTimeout(pace.takeTurn());
 */
export function createPace(now: () => number = () => performance.now()): Pace {
  let rate = firstRate;
  let growth = growthBeforeRefusal;
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
      rate = Math.min(rate + growth, highestRate);
    },
    refused: () => {
      // One refusal tells as much as the dozen that were under way with it.
      if (now() - refusedAt < sameRefusal) return;
      refusedAt = now();
      growth = growthAfterRefusal;
      rate = Math.min(rate, Math.max(acceptedPerSecond() * 0.9, lowestRate));
    },
    perSecond: () => rate,
  };
}

const firstRate = 100;
const lowestRate = 1;
const highestRate = 1_000;
/** Added per accepted call: doubles the rate every 0.7 seconds, or adds a tenth of it a second. */
const growthBeforeRefusal = 1;
const growthAfterRefusal = 0.1;
const sameRefusal = 500;
const shortestObservation = 250;
