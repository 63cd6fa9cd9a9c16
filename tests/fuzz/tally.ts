/** How often each kind of outcome came up. */
export interface Tally {
  readonly count: (outcome: string) => void;
  readonly counts: () => Readonly<Record<string, number>>;
}

export function tally(): Tally {
  const numbers = new Map<string, number>();
  return {
    count: (outcome) => {
      numbers.set(outcome, (numbers.get(outcome) ?? 0) + 1);
    },
    counts: () => Object.fromEntries([...numbers].sort(([one], [other]) => one.localeCompare(other))),
  };
}
