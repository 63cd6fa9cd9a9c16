import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { localFolder } from "../places.ts";
import { askVersion } from "./version.ts";

/** A `pulumi` that the machine brought along. */
export interface PulumiOnPath {
  readonly folder: string;
  /** Changes when it is replaced by another. */
  readonly fingerprint: string;
}

/** Whether a `pulumi` runs this checkout's programs; if not, why, as part of a sentence. */
export type Verdict =
  | { readonly usable: true; readonly folder: string; readonly version: string }
  | { readonly usable: false; readonly reason: string };

/** The oldest engine that this kit has been run with. */
export const oldestEngine = "3.225.0";

// The language host runs the programs, the launcher their dynamic resources.
const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** The first `pulumi` on PATH. What set-up itself has made is not the machine's: inside a sandbox it is on PATH too. */
export function findPulumi(path = process.env["PATH"] ?? ""): PulumiOnPath | undefined {
  const folder = foldersOf(path).find((candidate) => isExecutable(join(candidate, "pulumi")));
  if (folder === undefined) return undefined;
  const { mtimeMs, size } = statSync(join(folder, "pulumi"));
  return { folder, fingerprint: [folder, mtimeMs, size].join(":") };
}

export function judgePulumi(found: PulumiOnPath | undefined, path = process.env["PATH"] ?? ""): Verdict {
  if (found === undefined) return { usable: false, reason: "there is no `pulumi` on it" };
  const { folder } = found;
  const version = askVersion(folder);
  if (version === undefined) return { usable: false, reason: `${folder}/pulumi does not tell its version` };
  if (isOlder(version, oldestEngine)) {
    return { usable: false, reason: `${folder}/pulumi is ${version}, older than ${oldestEngine}` };
  }
  const around = [folder, dirname(realpathSync(join(folder, "pulumi"))), ...foldersOf(path)];
  const missing = companions.find((name) => !around.some((place) => isExecutable(join(place, name))));
  return missing === undefined
    ? { usable: true, folder, version }
    : { usable: false, reason: `${folder}/pulumi comes without ${missing}` };
}

function foldersOf(path: string): string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "" && !`${folder}${sep}`.startsWith(`${localFolder}${sep}`));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
