import { mkdir, open } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Where what a run leaves behind goes: into the sandbox's folder inside a sandbox; else into `.local/` of this checkout or,
 * where the kit is an installed package, into the user's state folder. A package's own folder goes with the next
 * installation, and backups must not.
 *
 * @returns an absolute path; the folder need not exist yet
 */
export function localFolder(name: "audits" | "backups" | "records"): string {
  return resolve(
    process.env["BREAK_GLASS_SANDBOX"] ?? (isCheckout ? join(import.meta.dirname, "..", ".local") : stateFolder()),
    name,
  );
}

/** Only the sources end in `.ts`. */
const isCheckout = import.meta.filename.endsWith(".ts");

function stateFolder(): string {
  return join(process.env["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "aws-break-glass");
}

/** Makes a folder for its owner alone. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await syncFolder(folder);
}

/** Returns when the names of new files in a folder have reached the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
