import { mkdir, open } from "node:fs/promises";
import { resolve } from "node:path";

/**
 * Where what a run leaves behind goes: into the sandbox's folder inside a sandbox, else into `.local/` of this checkout.
 *
 * @returns an absolute path; the folder need not exist yet
 */
export function localFolder(name: "audits" | "backups" | "records"): string {
  const sandbox = process.env["BREAK_GLASS_SANDBOX"];
  return sandbox === undefined ? resolve(import.meta.dirname, "../.local", name) : resolve(sandbox, name);
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
