import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localFolder } from "../places.ts";

/** A program from PyPI with an environment of its own below `.local/`. */
export interface PythonEnvironment {
  /** Of its folder, and of the logs of its installation. */
  readonly name: string;
  /** What set-up calls it: `AWS CLI from PyPI, for tests`. */
  readonly title: string;
  /** The exact versions, with their digests. */
  readonly requirementsFile: string;
  /** The rest of the sentence that says that it could not be had: `tests that need it will be skipped`. */
  readonly withoutIt: string;
}

/** @returns the folder with its programs, `undefined` where set-up has not been asked for it or could not install it */
export function programFolder(environment: PythonEnvironment): string | undefined {
  const file = installedFile(environment);
  const isInstalled = existsSync(file) && readFileSync(file, "utf8") === installationBasis(environment);
  return isInstalled ? join(environmentFolder(environment), "bin") : undefined;
}

/** It holds absolute paths, so a moved checkout needs another. */
export function environmentFolder({ name }: PythonEnvironment): string {
  return join(localFolder, name);
}

/** Written when the installation is complete. */
export function installedFile(environment: PythonEnvironment): string {
  return join(environmentFolder(environment), "installed-from");
}

/** Changes whenever the installation has to be made anew. */
export function installationBasis(environment: PythonEnvironment): string {
  const requirements = readFileSync(environment.requirementsFile);
  return createHash("sha256").update(environmentFolder(environment)).update(requirements).digest("hex");
}
