import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { AccountAudit } from "./account-audit.ts";
import { type JournalHeader, type JournalLine, parseJournalLine } from "./journal-line.ts";

/** The latest result of each account in a journal, in the order in which they came. */
export async function* resultsIn(path: string): AsyncGenerator<AccountAudit> {
  const latest = new Map<string, number>();
  for await (const [line, entry] of numbered(path)) if ("account" in entry) latest.set(entry.account, line);
  for await (const [line, entry] of numbered(path)) {
    if ("account" in entry && latest.get(entry.account) === line) yield entry;
  }
}

/** The first line of a journal; `undefined` where the file is none. */
export async function headerOf(path: string): Promise<JournalHeader | undefined> {
  for await (const [, entry] of numbered(path)) return "format" in entry ? entry : undefined;
  return undefined;
}

/** How far an audit has come. */
export async function progressOf(path: string): Promise<Progress> {
  const settled = new Set<string>();
  const unread = new Set<string>();
  let finished = false;
  for await (const [, entry] of numbered(path)) {
    if ("finishedAt" in entry) finished = true;
    if (!("account" in entry)) continue;
    unread.delete(entry.account);
    (entry.outcome === "not read" ? unread : settled).add(entry.account);
  }
  return { settled, unread, finished };
}

interface Progress {
  /** Accounts that need not be read again. */
  readonly settled: ReadonlySet<string>;
  /** Accounts that could not be read. */
  readonly unread: ReadonlySet<string>;
  /** Every account has been gone through. */
  readonly finished: boolean;
}

/** A line that is no JSON can only be the last one, half written. */
async function* numbered(path: string): AsyncGenerator<readonly [number, JournalLine]> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let number = 0;
  for await (const text of lines) {
    const entry = parseJournalLine(text);
    if (entry !== undefined) yield [number, entry];
    number += 1;
  }
}
