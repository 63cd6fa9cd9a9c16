import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { localFolder } from "../places.ts";
import { type Engine, locateEngine } from "./locate.ts";

/** Where a Pulumi home and a backend are to be made, and what protects the secrets of its stacks. */
export interface PulumiBackendOptions {
  /** A folder of their own; made when it is not there. */
  readonly folder: string;
  /** What the engine will get as PULUMI_CONFIG_PASSPHRASE. */
  readonly passphrase: string;
}

/** A Pulumi home without plugins, and a local backend in which both projects have an empty stack `dev`. */
export interface PulumiBackend {
  /** For PULUMI_HOME: an absolute path. */
  readonly pulumiHome: string;
  /** For PULUMI_BACKEND_URL: a `file://` URL. */
  readonly backendUrl: string;
}

const stack = "dev";
const projects = ["aws-break-glass", "aws-break-glass-scenarios"];
const run = promisify(execFile);

/**
 * Makes a Pulumi home and a backend. The engine itself makes the empty stacks, once for each engine and passphrase (half
 * a second); every backend after that is a copy of a few small files.
 *
 * The engine adds an `encryptionsalt` to a `Pulumi.dev.yaml` that has none. The committed ones hold one that fits the
 * sandbox's passphrase, which is why `pulumi up --stack dev` leaves them as they are.
 *
 * @throws EngineMissingError before set-up
 * @example
 * const { pulumiHome, backendUrl } = await prepareBackend({ folder: "/tmp/sandbox/pulumi", passphrase: "sandbox" });
 */
export async function prepareBackend({ folder, passphrase }: PulumiBackendOptions): Promise<PulumiBackend> {
  const pulumiHome = join(folder, "home");
  const backend = join(folder, "backend");
  const model = await modelBackend(locateEngine(), passphrase);
  await mkdir(pulumiHome, { recursive: true, mode: 0o700 });
  await cp(model, backend, { recursive: true });
  return { pulumiHome, backendUrl: fileBackend(backend) };
}

async function modelBackend(engine: Engine, passphrase: string): Promise<string> {
  const parent = join(localFolder, "model-backends");
  const model = join(parent, nameOf([engine.version, passphrase, stack, ...projects]));
  if (existsSync(model)) return model;
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, "in-the-making-"));
  try {
    const made = await initialiseStacks(work, engine, passphrase);
    await rename(made, model).catch(acceptThatAnotherWasFaster);
    return model;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function initialiseStacks(work: string, engine: Engine, passphrase: string): Promise<string> {
  const backend = join(work, "backend");
  await mkdir(backend);
  for (const project of projects) {
    const folder = join(work, project);
    await mkdir(folder);
    await writeFile(join(folder, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    await run(join(engine.folder, "pulumi"), ["stack", "init", stack, "--no-select", "--non-interactive"], {
      cwd: folder,
      env: {
        ...withoutPulumiSettings(process.env),
        PATH: [engine.folder, process.env["PATH"] ?? ""].join(delimiter),
        PULUMI_HOME: join(work, "home"),
        PULUMI_BACKEND_URL: fileBackend(backend),
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    });
  }
  return backend;
}

function withoutPulumiSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_")));
}

function acceptThatAnotherWasFaster(error: unknown): void {
  if (!(error instanceof Error && "code" in error && (error.code === "ENOTEMPTY" || error.code === "EEXIST")))
    throw error;
}

function nameOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/**
 * Without the attributes that a file backend writes beside each file: an engine that is killed while it writes them leaves
 * an empty file, and then no command can load the stack ("failed to load checkpoint: EOF").
 */
function fileBackend(folder: string): string {
  return `${pathToFileURL(folder).href}?metadata=skip`;
}
