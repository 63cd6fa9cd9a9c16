/** Lets so many through in a second, as AWS limits requests: what is left of a second may be spent later, at once. */
export interface TokenBucket {
  /** @param at milliseconds, never less than before. @returns false where there is no token left */
  readonly take: (at: number) => boolean;
}

/**
 * A bucket that is full at first, holds a second's worth of tokens (one at least) and fills evenly.
 *
 * @example createTokenBucket(20).take(Date.now())
 */
export function createTokenBucket(perSecond: number): TokenBucket {
  const capacity = Math.max(perSecond, 1);
  let tokens = capacity;
  let filledAt: number | undefined;
  return {
    take: (at) => {
      tokens = Math.min(tokens + ((at - (filledAt ?? at)) / 1_000) * perSecond, capacity);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
