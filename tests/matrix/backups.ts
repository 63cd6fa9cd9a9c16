import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { createHash } from "node:crypto";

/** A backup as it lies on disk, whole and true to its hash. */
export interface BackupOnDisk {
  readonly path: string;
  readonly policy: string;
}

const schema = z.object({ policy: z.string(), sha256: z.string() });

/** What is on disk at this moment; a file that is not a whole backup is none. */
export function backupsIn(folder: string): readonly BackupOnDisk[] {
  const backups = join(folder, "backups");
  return namesIn(backups).flatMap((name) => {
    const path = join(backups, name);
    const read = schema.safeParse(parsed(readFileSync(path, "utf8")));
    return read.success && hashOf(read.data.policy) === read.data.sha256 ? [{ path, policy: read.data.policy }] : [];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
