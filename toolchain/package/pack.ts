import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { checkout, localFolder } from "../places.ts";
import { checkoutManifest, packedManifest } from "./packed-manifest.ts";

const run = promisify(execFile);

const packageFolder = join(localFolder, "package");
const compiler = join(checkout, "node_modules", "typescript", "bin", "tsc");

/**
 * Makes the tarball that other programs install: components, iam and root-access compiled, with types and source maps, and
 * the command.
 *
 * @param destination a folder that exists
 * @returns the tarball's path
 * @throws Error with the compiler's or npm's words when one of them fails
 */
export async function pack(destination: string): Promise<string> {
  await rm(packageFolder, { recursive: true, force: true });
  await run(process.execPath, [compiler, "-p", join(import.meta.dirname, "tsconfig.json")]).catch(withOutput);
  await Promise.all([
    writeManifest(),
    cp(join(checkout, "docs", "library.md"), join(packageFolder, "README.md")),
    ...["LICENSE", "CHANGELOG.md"].map((file) => cp(join(checkout, file), join(packageFolder, file))),
  ]);
  const words = ["pack", packageFolder, "--json", "--ignore-scripts", "--pack-destination", resolve(destination)];
  const { stdout } = await run("npm", words, { cwd: checkout }).catch(withOutput);
  return join(resolve(destination), tarballName(stdout));
}

async function writeManifest(): Promise<void> {
  const own = checkoutManifest.parse(JSON.parse(await readFile(join(checkout, "package.json"), "utf8")));
  const files = (await readdir(packageFolder, { recursive: true })).filter((file) => /\.(js|d\.ts)$/.test(file));
  const codes = await Promise.all(files.map((file) => readFile(join(packageFolder, file), "utf8")));
  await writeFile(join(packageFolder, "package.json"), `${JSON.stringify(packedManifest(own, codes), undefined, 2)}\n`);
}

const packResult = z.object({ filename: z.string() });

/** npm 12 lists the tarballs by the package's name, those before it in an array. */
function tarballName(stdout: string): string {
  const [packed] = Object.values(z.record(z.string(), packResult).or(z.array(packResult)).parse(JSON.parse(stdout)));
  if (packed === undefined) throw new Error("npm pack named no tarball.");
  return packed.filename;
}

function withOutput(error: unknown): never {
  if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
  throw new Error(`${error.message}\n${String(error.stdout)}${String(error.stderr)}`, { cause: error });
}
