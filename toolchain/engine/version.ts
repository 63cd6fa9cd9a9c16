import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The version of the `pulumi` in a folder, such as `3.225.0`; undefined when it does not run. */
export function askVersion(folder: string): string | undefined {
  const { status, stdout } = spawnSync(join(folder, "pulumi"), ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 30_000,
  });
  const version = status === 0 ? /^v?(\d+\.\d+\.\d+)/.exec(stdout.trim())?.[1] : undefined;
  return version;
}
