import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localFolder } from "../places.ts";

/** The Python environment that set-up makes for the AWS CLI. It holds absolute paths, so a moved checkout needs another. */
export const environmentFolder = join(localFolder, "aws-cli");

/** The exact versions, with their digests. */
export const requirementsFile = join(import.meta.dirname, "requirements.txt");

/** Written when the installation is complete. */
export const installedFile = join(environmentFolder, "installed-from");

/**
 * The folder with the AWS CLI that set-up has installed from PyPI, to be put last on PATH: a machine's own `aws` comes
 * first. Undefined where set-up has not been asked for it, or found no Python to install it with.
 */
export function awsCliFolder(): string | undefined {
  const isInstalled = existsSync(installedFile) && readFileSync(installedFile, "utf8") === installationBasis();
  return isInstalled ? join(environmentFolder, "bin") : undefined;
}

/** Changes whenever the installation has to be made anew. */
export function installationBasis(): string {
  return createHash("sha256").update(environmentFolder).update(readFileSync(requirementsFile)).digest("hex");
}
