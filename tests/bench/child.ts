import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process of the benchmark's own, spoken to over IPC: credentials go that way and no other. */
export interface Child {
  readonly pid: number;
  /** The next message it sends. */
  readonly next: () => Promise<unknown>;
  readonly send: (message: object) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a TypeScript file with what goes in front of it, such as `taskset -c 0`. */
export function startNode(before: readonly string[], file: string): Child {
  const [command, ...rest] = [...before, process.execPath, file];
  const child = spawn(command, rest, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  if (child.pid === undefined) throw new Error(`${command} cannot be started.`);
  return {
    pid: child.pid,
    next: () => nextMessage(child, file),
    send: (message) => child.send(message),
    stop: async () => {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

async function nextMessage(child: ChildProcess, file: string): Promise<unknown> {
  const stopWaiting = new AbortController();
  const { signal } = stopWaiting;
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]: unknown[]) => message),
      once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`${file} ended with ${String(code)}.`);
      }),
    ]);
  } finally {
    stopWaiting.abort();
  }
}
