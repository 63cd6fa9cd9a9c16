import { randomUUID } from "node:crypto";
import { open, readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { parsedJson } from "../json-text.ts";
import { RootAccessError } from "../root-access-error.ts";

/** Gives the journal free again. */
export type Unlock = () => Promise<void>;

const ownerSchema = z.strictObject({ pid: z.int(), host: z.string() });

/**
 * Makes sure that no other process writes a journal. Each one that wants to puts a file of its own beside the journal, and
 * then looks for those of others: so of two that come at once, both may be sent away, and never both let in. The files of
 * processes that have died count for nothing.
 *
 * @throws RootAccessError `refused` while another process writes it
 */
export async function lockJournal(path: string): Promise<Unlock> {
  const own = `${path}.lock-${randomUUID()}`;
  held.add(own);
  const file = await open(own, "wx", 0o600);
  await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
  await file.close();
  const unlock = async (): Promise<void> => {
    await rm(own, { force: true });
    held.delete(own);
  };
  for (const other of await locksOf(path)) {
    if (other === own || (await isLeftBehind(other))) continue;
    await unlock();
    throw new RootAccessError({
      reason: "refused",
      what: `Another break-glass audit is writing ${path}.`,
      effect: "No root session has been opened.",
      next: `Wait for it, or stop it; where there is none, delete ${other}.`,
    });
  }
  return unlock;
}

/** Of this process: another one, dead by now, may have had the same id. */
const held = new Set<string>();

async function locksOf(path: string): Promise<readonly string[]> {
  const names = await readdir(dirname(path));
  return names.filter((name) => name.startsWith(`${basename(path)}.lock-`)).map((name) => join(dirname(path), name));
}

/** Another host's processes cannot be seen from here, so they are taken to be alive. */
async function isLeftBehind(lock: string): Promise<boolean> {
  const text = await readFile(lock, "utf8").catch(() => undefined);
  if (text === undefined) return true;
  const owner = ownerSchema.safeParse(parsedJson(text)).data;
  if (owner?.host !== hostname()) return false;
  if (owner.pid === process.pid ? held.has(lock) : isAlive(owner.pid)) return false;
  await rm(lock, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
