import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CommandError, exitCode } from "../exit-code.ts";
import { checkout } from "./run-engine.ts";

const run = promisify(execFile);

/** @throws CommandError 2 when git knows no such commit */
export async function resolveCommit(reference: string): Promise<string> {
  try {
    return await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`);
  } catch {
    throw new CommandError(
      exitCode.usage,
      `git knows no commit ${reference} here; a shallow clone has to fetch it first: git fetch origin ${reference}`,
    );
  }
}

/** The working tree in a few words: its commit, and whether there is more in it. */
export async function describeHead(): Promise<string> {
  const commit = await git("rev-parse", "--short", "HEAD");
  const isClean = (await git("status", "--porcelain")) === "";
  return isClean ? commit : `${commit} with changes that are not committed`;
}

/**
 * A commit's files in a folder of their own, below the checkout: so Node finds this checkout's packages, which are not
 * installed a second time.
 */
export async function checkOut(
  commit: string,
): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const parent = join(checkout, ".local", "changes");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `${commit.slice(0, 7)}-`));
  const archive = join(folder, ".tar");
  await git("archive", "--format=tar", "--output", archive, commit);
  await run("tar", ["-xf", archive, "-C", folder]);
  await rm(archive);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function git(...words: readonly string[]): Promise<string> {
  const { stdout } = await run("git", words, { cwd: checkout });
  return stdout.trim();
}
