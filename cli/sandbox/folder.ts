import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

const parent = join(dirname(dirname(import.meta.dirname)), ".local", "sandboxes");

/**
 * Makes the folder of a new sandbox, and removes those of sandboxes that were killed. The name tells whose process it is.
 */
export async function makeSandboxFolder(): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await Promise.all((await abandonedSandboxFolders()).map(removeSandboxFolder));
  return mkdtemp(join(parent, `${process.pid}-`));
}

/** Folders of sandboxes whose process has gone without removing them. */
export async function abandonedSandboxFolders(): Promise<readonly string[]> {
  const names = await readdir(parent).catch(() => []);
  return names.filter((name) => !isAlive(ownerOf(name))).map((name) => join(parent, name));
}

/** What ran in the sandbox may still be writing its last lines. */
export async function removeSandboxFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function ownerOf(name: string): number {
  return Number(name.split("-")[0]);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
