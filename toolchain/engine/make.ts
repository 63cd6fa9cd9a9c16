import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { localFolder } from "../places.ts";
import { SetupError } from "../setup/step.mjs";
import { buildEngine, oldestGo } from "./build.ts";
import { downloadEngine } from "./download.ts";
import type { Engine } from "./locate.ts";
import { writeEngineRecord } from "./record.ts";
import { oldestEngine } from "./search-path.ts";
import { askVersion } from "./version.ts";
import { WayClosedError } from "./way-closed-error.ts";

const engineFolder = join(localFolder, "engine");
const recordName = "made.json";
const workPrefix = "engine-in-the-making-";

/** Lies in the engine's own folder, so that neither is ever there without the other. */
export const madeEngineFile = join(engineFolder, recordName);

/** Ways to fill an empty folder with an engine, best first. Each fails with a WayClosedError where the machine does not allow it. */
const ways = [
  { source: "downloaded", fill: downloadEngine },
  { source: "built", fill: buildEngine },
] as const;

/**
 * Downloads or builds an engine into `.local/engine`. It is made elsewhere and moved there when it is whole.
 *
 * @throws SetupError when no way is open
 */
export async function makeEngine(task: { whyNotOnPath: string; basis: string }): Promise<Engine> {
  await removeUnfinished();
  const closed: string[] = [];
  for (const { source, fill } of ways) {
    const work = await mkdtemp(join(localFolder, workPrefix));
    try {
      const made = await fill(work);
      const engine = { folder: engineFolder, version: versionOf(made), source };
      writeEngineRecord(join(made, recordName), { ...engine, basis: task.basis });
      await moveIntoPlace(made);
      return engine;
    } catch (error) {
      if (!(error instanceof WayClosedError)) throw error;
      closed.push(error.message);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  throw new SetupError(describeWays([task.whyNotOnPath, ...closed]));
}

function versionOf(folder: string): string {
  const version = askVersion(folder);
  if (version === undefined) throw new SetupError(`the Pulumi engine just made does not run on this machine.`);
  return version;
}

async function moveIntoPlace(made: string): Promise<void> {
  const before = join(localFolder, `${workPrefix}before`);
  await rename(engineFolder, before).catch(ignoreMissing);
  await rename(made, engineFolder);
  await rm(before, { recursive: true, force: true });
}

async function removeUnfinished(): Promise<void> {
  await mkdir(localFolder, { recursive: true });
  const unfinished = (await readdir(localFolder)).filter((name) => name.startsWith(workPrefix));
  await Promise.all(unfinished.map((name) => rm(join(localFolder, name), { recursive: true, force: true })));
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}

function describeWays([onPath, download, build]: readonly (string | undefined)[]): string {
  return [
    "there is no Pulumi engine. Open one of three ways to it and run the same command again:",
    `  - put Pulumi ${oldestEngine} or newer on PATH (https://www.pulumi.com/docs/install/): ${onPath ?? ""};`,
    `  - let this machine download it from https://get.pulumi.com: ${download ?? ""};`,
    `  - put Go ${oldestGo} or newer on PATH (https://go.dev/dl/), to build it from Go modules: ${build ?? ""}.`,
  ].join("\n");
}
