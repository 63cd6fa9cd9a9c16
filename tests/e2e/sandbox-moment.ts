import { randomUUID } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestSandbox } from "./sandbox.ts";
import { whenNothingRuns } from "./sandbox-processes.ts";

/**
 * Keeps what a sandbox is at this moment: everything its organization remembers, and its stacks' state.
 *
 * @returns puts it back, as often as one likes
 */
export async function keepMoment(sandbox: TestSandbox): Promise<() => Promise<void>> {
  const { state } = sandbox.organization;
  const backend = fileURLToPath(new URL(sandbox.environment["PULUMI_BACKEND_URL"] ?? ""));
  const kept = join(sandbox.folder, "moments", randomUUID());
  await whenNothingRuns(sandbox);
  await cp(backend, kept, { recursive: true });
  const remembered = structuredClone(state);
  return async () => {
    await whenNothingRuns(sandbox);
    await rm(backend, { recursive: true });
    await cp(kept, backend, { recursive: true });
    Object.assign(state, structuredClone(remembered));
  };
}
