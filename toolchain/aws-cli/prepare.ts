import { spawnSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { logFolder } from "../places.ts";
import { runLogged, SetupError, step } from "../setup/step.mjs";
import { awsCliFolder, environmentFolder, installationBasis, installedFile, requirementsFile } from "./locate.ts";

// The oldest Python that the pinned AWS CLI runs on, asked together with what a virtual environment is made with.
const suitablePython = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/**
 * Installs the AWS CLI from PyPI into `.local/aws-cli`. A machine that cannot has fewer tests, which say that they are
 * skipped, but no failure.
 */
export async function prepareAwsCli(): Promise<void> {
  if (awsCliFolder() !== undefined) return;
  if (spawnSync("python3", ["-c", suitablePython], { stdio: "ignore" }).status !== 0) {
    say("left out: no Python 3.10 or newer with venv on PATH");
    return;
  }
  try {
    await step("AWS CLI from PyPI, for tests", install);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`left out: ${error.message}`);
  }
}

async function install(): Promise<void> {
  await rm(environmentFolder, { recursive: true, force: true });
  await runLogged("python3", ["-m", "venv", environmentFolder], { log: join(logFolder, "aws-cli-venv.log") });
  const pip = join(environmentFolder, "bin", "pip");
  await runLogged(pip, ["install", "--disable-pip-version-check", "--require-hashes", "-r", requirementsFile], {
    log: join(logFolder, "aws-cli-pip.log"),
  });
  await writeFile(installedFile, installationBasis());
}

function say(text: string): void {
  process.stderr.write(`set-up: AWS CLI from PyPI, for tests: ${text}; tests that need it will be skipped.\n`);
}
