/** What several measurements of one thing come to. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @throws Error without a measurement */
export function spreadOf(measurements: readonly number[]): Spread {
  const sorted = measurements.toSorted((one, other) => one - other);
  const at = (index: number): number => {
    const value = sorted[index];
    if (value === undefined) throw new Error("Nothing was measured.");
    return value;
  };
  const half = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(Math.floor(half)) : (at(half - 1) + at(half)) / 2;
  return { median, least: at(0), most: at(sorted.length - 1) };
}
