import { join } from "node:path";
import { programFolder, type PythonEnvironment } from "../python/environment.ts";

export const awsCli: PythonEnvironment = {
  name: "aws-cli",
  title: "AWS CLI from PyPI, for tests",
  requirementsFile: join(import.meta.dirname, "requirements.txt"),
  withoutIt: "tests that need it will be skipped",
};

/**
 * The folder with the AWS CLI that set-up has installed from PyPI, to be put last on PATH: a machine's own `aws` comes
 * first. Undefined where set-up has not been asked for it, or found no Python to install it with.
 */
export function awsCliFolder(): string | undefined {
  return programFolder(awsCli);
}
