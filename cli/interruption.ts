/** Runs an action that Ctrl-C or a termination signal asks to stop; a second one ends the process at once. */
export async function interruptible<Value>(action: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    return await action(controller.signal);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Signals that ask a process to stop, from when it was made on. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** From now on a signal ends the process at once again. */
  readonly forget: () => void;
}

/**
 * Takes note of Ctrl-C, a termination signal and a closed terminal, so that whatever is open can be closed in order. They
 * may come twice: npm passes on the Ctrl-C that the terminal has sent already.
 */
export function noteInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    forget: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
