/** Where the sandbox organization reads the time. Tests move it; nothing in the simulator asks the machine's clock. */
export interface Clock {
  readonly now: () => Date;
  /** Moves this clock forward, for example past a session's expiration. */
  readonly advance: (milliseconds: number) => void;
}

/** A clock that runs with the machine's, plus whatever it has been advanced by. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
