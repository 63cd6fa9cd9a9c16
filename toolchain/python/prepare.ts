import { spawnSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { logFolder } from "../places.ts";
import { runLogged, SetupError, step } from "../setup/step.mjs";
import {
  environmentFolder,
  installationBasis,
  installedFile,
  programFolder,
  type PythonEnvironment,
} from "./environment.ts";

// The oldest Python that the pinned versions run on, asked together with what a virtual environment is made with.
const suitablePython = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/** Installs a program from PyPI. A machine that cannot has less to show, which set-up says, but no failure. */
export async function preparePythonEnvironment(environment: PythonEnvironment): Promise<void> {
  if (programFolder(environment) !== undefined) return;
  if (spawnSync("python3", ["-c", suitablePython], { stdio: "ignore" }).status !== 0) {
    leaveOut(environment, "no Python 3.10 or newer with venv on PATH");
    return;
  }
  try {
    await step(environment.title, () => install(environment));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    leaveOut(environment, error.message);
  }
}

async function install(environment: PythonEnvironment): Promise<void> {
  const { name, requirementsFile } = environment;
  const folder = environmentFolder(environment);
  await rm(folder, { recursive: true, force: true });
  await runLogged("python3", ["-m", "venv", folder], { log: join(logFolder, `${name}-venv.log`) });
  const pip = join(folder, "bin", "pip");
  await runLogged(pip, ["install", "--disable-pip-version-check", "--require-hashes", "-r", requirementsFile], {
    log: join(logFolder, `${name}-pip.log`),
  });
  await writeFile(installedFile(environment), installationBasis(environment));
}

function leaveOut({ title, withoutIt }: PythonEnvironment, reason: string): void {
  process.stderr.write(`set-up: ${title}: left out: ${reason}; ${withoutIt}.\n`);
}
