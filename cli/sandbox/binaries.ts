import { accessSync, constants } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

const commandFile = join(dirname(import.meta.dirname), "main.mjs");

/** Where a sandbox's programs come from. */
export interface BinarySources {
  readonly endpoint: string;
  /** Folders that may hold the real AWS CLI, in order. */
  readonly awsFolders: readonly string[];
}

/**
 * Puts the programs of a sandbox into a folder for the front of PATH: `node` and `break-glass` as this process has them,
 * so that what the engine starts runs on the same Node, and `aws` where there is one.
 */
export async function linkBinaries(folder: string, { endpoint, awsFolders }: BinarySources): Promise<void> {
  await mkdir(folder);
  await symlink(process.execPath, join(folder, "node"));
  await writeLauncher(join(folder, "break-glass"), [process.execPath, commandFile]);
  const aws = awsFolders.map((candidate) => join(candidate, "aws")).find(isExecutable);
  // Version 1 of the AWS CLI sends some services, SQS among them, to AWS's own host names whatever AWS_ENDPOINT_URL
  // says; only the option is always heeded. One that is typed later on the command line still wins.
  if (aws !== undefined) await writeLauncher(join(folder, "aws"), [aws, "--endpoint-url", endpoint]);
}

/** The folders of a PATH. */
export function searchPath(path: string | undefined): readonly string[] {
  return (path ?? "").split(delimiter).filter((folder) => folder !== "");
}

async function writeLauncher(file: string, words: readonly string[]): Promise<void> {
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  await writeFile(file, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  await chmod(file, 0o755);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
