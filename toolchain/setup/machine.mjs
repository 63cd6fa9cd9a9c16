import { spawnSync } from "node:child_process";
import { SetupError } from "./step.mjs";

const oldestNode = 20;

/** Refuses, in one sentence, a machine on which nothing of this can work. */
export function checkMachine() {
  const [major] = process.versions.node.split(".");
  if (Number(major) < oldestNode) {
    throw new SetupError(
      `Node ${process.versions.node} is too old; install Node ${oldestNode} or newer and try again.`,
    );
  }
  if (process.platform === "win32") {
    throw new SetupError("Windows itself is not supported; run this inside the Windows Subsystem for Linux.");
  }
}

/** Refuses a machine without npm. Asked only when something has to be installed: starting npm takes a while. */
export function checkNpm() {
  if (spawnSync("npm", ["--version"], { stdio: "ignore" }).error !== undefined) {
    throw new SetupError("npm was not found on PATH; install it (it comes with Node) and try again.");
  }
}
