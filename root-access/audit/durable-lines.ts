import type { FileHandle } from "node:fs/promises";
import { RootAccessError } from "../root-access-error.ts";
import type { JournalLine } from "./journal-line.ts";

/**
 * Appends lines to a journal: each has reached the disk when its promise is kept. Lines that arrive while others are being synced share the next sync.
 *
 * @throws RootAccessError `refused` where the disk takes no more
 */
export function durably(path: string, file: FileHandle): (line: JournalLine) => Promise<void> {
  let pending: string[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    await last.catch(() => undefined);
    const text = pending.join("");
    pending = [];
    last = next ?? last;
    next = undefined;
    await orRefused(path, async () => {
      await file.appendFile(text);
      await file.datasync();
    });
  };
  return (line) => {
    pending.push(`${JSON.stringify(line)}\n`);
    return (next ??= write());
  };
}

/** @throws RootAccessError `refused`, with the file's name, for whatever the action throws */
export async function orRefused<Value>(path: string, action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    throw new RootAccessError({
      reason: "refused",
      what: `The audit cannot be kept in ${path}: ${error instanceof Error ? error.message : String(error)}.`,
      next: "Make room or make the folder writable, then start again.",
    });
  }
}
