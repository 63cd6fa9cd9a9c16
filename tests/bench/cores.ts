import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** How a command is started so that it stays on one core: what goes in front of it. */
export interface Cores {
  readonly server: readonly string[];
  readonly generator: readonly string[];
  /** For the reader of the table. */
  readonly description: string;
}

/** A core for the server and another for who asks it, where the machine has `taskset` and two cores. */
export function chooseCores(): Cores {
  const hasTaskset = spawnSync("taskset", ["--version"], { stdio: "ignore" }).status === 0;
  if (!hasTaskset || availableParallelism() < 2) {
    const lacking = hasTaskset ? "a second core" : "taskset";
    return { server: [], generator: [], description: `not pinned to cores: this machine has no ${lacking}` };
  }
  return {
    server: ["taskset", "-c", "0"],
    generator: ["taskset", "-c", "1"],
    description: "each server alone on core 0, the load generator on core 1",
  };
}
