import { join } from "node:path";
import { programFolder, type PythonEnvironment } from "../python/environment.ts";

export const moto: PythonEnvironment = {
  name: "moto",
  title: "moto's server from PyPI, for the benchmark",
  requirementsFile: join(import.meta.dirname, "requirements.txt"),
  withoutIt: "the benchmark has nothing to compare with",
};

/**
 * moto's server, the usual stand-in for AWS, that the benchmark measures beside the sandbox organization. Undefined where
 * set-up has not been asked for it, or found no Python to install it with.
 */
export function motoServer(): string | undefined {
  const folder = programFolder(moto);
  return folder === undefined ? undefined : join(folder, "moto_server");
}
