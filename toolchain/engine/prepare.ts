import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { goModuleFiles } from "./build.ts";
import { downloadVersion } from "./download.ts";
import { type Engine, chosenEngineFile } from "./locate.ts";
import { makeEngine, madeEngineFile } from "./make.ts";
import { readEngineRecord, writeEngineRecord } from "./record.ts";
import { findPulumi, judgePulumi, type PulumiOnPath } from "./search-path.ts";

/**
 * Sees to it that `locateEngine` finds an engine: one on PATH, else the one made here before, else the official
 * download, else a build from Go modules.
 *
 * @throws SetupError when none of the ways is open; it says why not, and what would open one
 */
export async function prepareEngine(): Promise<void> {
  const found = findPulumi();
  const basis = digest([found?.fingerprint ?? "nothing on PATH", recipe()]);
  if (readEngineRecord(chosenEngineFile)?.basis === basis) return;
  const engine = await chooseEngine(found);
  writeEngineRecord(chosenEngineFile, { ...engine, basis });
  process.stderr.write(`set-up: Pulumi engine ${engine.version}, ${engine.source}: ${engine.folder}\n`);
}

async function chooseEngine(found: PulumiOnPath | undefined): Promise<Engine> {
  const verdict = judgePulumi(found);
  if (verdict.usable) return { folder: verdict.folder, version: verdict.version, source: "path" };
  const before = readEngineRecord(madeEngineFile);
  return before?.basis === recipe() ? before : await makeEngine({ whyNotOnPath: verdict.reason, basis: recipe() });
}

/** Changes whenever an engine made by today's rules would be another one. */
function recipe(): string {
  return digest([downloadVersion, ...goModuleFiles.map((file) => readFileSync(file, "utf8"))]);
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
