import { join } from "node:path";
import { localFolder } from "../places.ts";
import { readEngineRecord } from "./record.ts";

/** A Pulumi engine that runs the programs of this checkout. */
export interface Engine {
  /** The absolute path of the folder that holds `pulumi`, to be put first on PATH. */
  readonly folder: string;
  /** For example `3.225.0`. */
  readonly version: string;
  /** How set-up came by it: the machine had one on PATH, the official download, or a build from Go modules. */
  readonly source: "path" | "downloaded" | "built";
}

/** Set-up has not run, or what it found or made is gone. */
export class EngineMissingError extends Error {
  override readonly name = "EngineMissingError";
}

/** Where set-up writes down which engine it chose. */
export const chosenEngineFile = join(localFolder, "engine.json");

/**
 * The Pulumi engine that set-up has chosen. Costs the reading of one small file.
 *
 * @throws EngineMissingError when there is none; the message says how to get one
 * @example
 * const engine = locateEngine();
 * const path = [engine.folder, process.env["PATH"]].join(delimiter);
 */
export function locateEngine(): Engine {
  const record = readEngineRecord(chosenEngineFile);
  if (record === undefined) {
    throw new EngineMissingError("This checkout has no Pulumi engine yet; get one with `node toolchain/setup.mjs`.");
  }
  return { folder: record.folder, version: record.version, source: record.source };
}
