import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { TestSandbox } from "./sandbox.ts";
import { killWhatIsLeft } from "./sandbox-processes.ts";

/** A change that AWS made: the event that CloudTrail recorded of it. */
export interface Change {
  readonly eventSource: string;
  readonly eventName: string;
}

/** Every change of an organization from now on, as it is recorded: before its answer has left. */
export function watchChanges(sandbox: TestSandbox, seen: (change: Change) => void): () => void {
  const { trail } = sandbox.organization.state;
  const push = trail.push.bind(trail);
  trail.push = (...events) => {
    const length = push(...events);
    for (const event of events) if (!event.readOnly) seen(event);
    return length;
  };
  return () => {
    trail.push = push;
  };
}

/** The number of a change, counted from 1, or the name of the first of its kind. */
export type Moment = number | string;

/**
 * Runs Pulumi and kills everything of it, engine, program and plugins, at the moment when AWS has made that change and
 * before anybody has been told.
 *
 * @returns the change after which it was killed; `undefined` when the run ended before
 */
export async function killedAfter(
  sandbox: TestSandbox,
  words: readonly string[],
  folder: string,
  at: Moment,
): Promise<Change | undefined> {
  const output = openSync(join(sandbox.folder, "killed.log"), "a");
  const child = spawn("pulumi", words, { cwd: folder, env: sandbox.environment, stdio: ["ignore", output, output] });
  const ended = once(child, "exit");
  let count = 0;
  let last: Change | undefined;
  const stop = watchChanges(sandbox, (change) => {
    count++;
    if (last !== undefined || (at !== count && at !== change.eventName)) return;
    last = change;
    child.kill("SIGKILL");
  });
  try {
    await ended;
    return last;
  } finally {
    stop();
    closeSync(output);
    await killWhatIsLeft(sandbox);
  }
}
