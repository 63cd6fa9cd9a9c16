import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const sources = join(import.meta.dirname, "go");
const buildFolder = join(import.meta.dirname, "..", "..", "..", ".local", "go-client");

/** The program of `go/`, or why this machine cannot have it. */
export type GoProgram = { readonly file: string } | { readonly missing: string };

/**
 * Builds the program of `go/` with the modules that its go.mod and go.sum pin, into `.local/go-client/`; once for one
 * state of the sources.
 */
export async function buildGoProgram(): Promise<GoProgram> {
  const file = join(buildFolder, digestOfSources());
  if (existsSync(file)) return { file };
  await mkdir(buildFolder, { recursive: true });
  await removeEarlier();
  const unfinished = `${file}.${process.pid}`;
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags", "-s -w"];
  const built = spawnSync("go", ["build", ...flags, "-o", unfinished, "."], {
    cwd: sources,
    env: { ...process.env, GOWORK: "off" },
    encoding: "utf8",
  });
  if (built.error) return { missing: "there is no Go on PATH" };
  if (built.status !== 0)
    return { missing: `Go cannot build it here: ${built.stderr.trim().split("\n").at(-1) ?? ""}` };
  await rename(unfinished, file);
  return { file };
}

function digestOfSources(): string {
  const digest = createHash("sha256");
  for (const name of readdirSync(sources).sort()) digest.update(name).update(readFileSync(join(sources, name)));
  return digest.digest("hex").slice(0, 16);
}

async function removeEarlier(): Promise<void> {
  for (const name of await readdir(buildFolder)) await rm(join(buildFolder, name), { force: true });
}
