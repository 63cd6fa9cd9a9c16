import { type FileHandle, open, readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { localFolder, makePrivateFolder, syncFolder } from "../local-folder.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { AccountAudit } from "./account-audit.ts";
import { durably, orRefused } from "./durable-lines.ts";
import type { JournalHeader } from "./journal-line.ts";
import { lockJournal, type Unlock } from "./journal-lock.ts";
import { headerOf, progressOf } from "./read-journal.ts";

/**
 * An audit on disk, a JSON line per account: what it says is there even if the process is killed in the next moment, and
 * a large organization need not fit into memory.
 */
export interface Journal {
  readonly path: string;
  readonly header: JournalHeader;
  /** Accounts that need not be read again. */
  readonly settled: ReadonlySet<string>;
  /** Returns when the result has reached the disk. */
  readonly keep: (result: AccountAudit) => Promise<void>;
  /** Everything has been gone through. An audit that left accounts unread can still be resumed. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where journals of audits go; see `localFolder`. */
export function defaultAuditFolder(): string {
  return localFolder("audits");
}

/** Begins a journal, for its owner alone. */
export async function beginJournal(folder: string, header: JournalHeader): Promise<Journal> {
  const path = join(folder, `audit-${header.startedAt.replace(/[-:.]/g, "")}.jsonl`);
  await orRefused(path, () => makePrivateFolder(folder));
  const unlock = await lockJournal(path);
  const file = await orRefused(path, async () => {
    const opened = await open(path, "ax", 0o600);
    await opened.appendFile(`${JSON.stringify(header)}\n`);
    await opened.sync();
    await syncFolder(folder);
    return opened;
  });
  return journal(path, { file, unlock }, header, new Set());
}

/**
 * Opens the latest journal in which accounts are left to be read. A last line that a killed process left half written is
 * cut off.
 *
 * @throws RootAccessError `usage` where there is none; `refused` while another process writes it
 */
export async function resumeJournal(folder: string): Promise<Journal> {
  for (const path of await journalsIn(folder)) {
    const header = await headerOf(path);
    if (header === undefined) continue;
    const unlock = await lockJournal(path);
    const { settled, unread, finished } = await progressOf(path);
    if (finished && unread.size === 0) {
      await unlock();
      continue;
    }
    const file = await orRefused(path, async () => {
      await cutHalfLine(path);
      return open(path, "a");
    });
    return journal(path, { file, unlock }, header, settled);
  }
  throw new RootAccessError({
    reason: "usage",
    what: `There is no audit to go on with in ${folder}: none has been interrupted, none has left an account unread.`,
    next: "Start one without --resume.",
  });
}

interface OpenFile {
  readonly file: FileHandle;
  readonly unlock: Unlock;
}

function journal(
  path: string,
  { file, unlock }: OpenFile,
  header: JournalHeader,
  settled: ReadonlySet<string>,
): Journal {
  const append = durably(path, file);
  return {
    path,
    header,
    settled,
    keep: append,
    finish: () => append({ finishedAt: new Date().toISOString() }),
    close: async () => {
      await file.close();
      await unlock();
    },
  };
}

async function journalsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const journals = names.filter((name) => /^audit-.+\.jsonl$/.test(name));
  return journals
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name));
}

async function cutHalfLine(path: string): Promise<void> {
  const text = await readFile(path);
  await truncate(path, text.lastIndexOf("\n") + 1);
}
