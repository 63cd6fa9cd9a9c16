import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { TestSandbox } from "./sandbox.ts";

/** Plugins and the program are processes of their own, which end some time after their engine. */
export async function killWhatIsLeft(sandbox: TestSandbox): Promise<void> {
  for (const pid of await processesOf(sandbox)) endProcess(pid);
  await whenNothingRuns(sandbox);
}

/** One that has ended by itself since it was found is no failure. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Waits until nothing is left that could still ask the sandbox for something. */
export async function whenNothingRuns(sandbox: TestSandbox): Promise<void> {
  while ((await processesOf(sandbox)).length > 0) await delay(20);
}

/** The processes whose environment names the sandbox's folder, but for this one. */
async function processesOf({ folder }: TestSandbox): Promise<readonly number[]> {
  const pids = (await readdir("/proc").catch((): string[] => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const theirs = await Promise.all(pids.map(async (pid) => ((await environmentOf(pid)).includes(folder) ? [pid] : [])));
  return theirs.flat().filter((pid) => pid !== process.pid);
}

async function environmentOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
}
