import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { type Ended, runToFiles } from "../sandbox.ts";

/** The `aws` of an environment's PATH, for many commands. Each has an environment of its own and ends by itself. */
export interface AwsProgram {
  readonly run: (words: readonly string[], environment: NodeJS.ProcessEnv) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

const pluginFolder = join(import.meta.dirname, "aws-cli");

/**
 * Resolves to undefined where there is no AWS CLI. Version 1 loads `aws-cli/serve_commands.py` as a plugin and forks for
 * each command, because most of a command's time is Python's start; other versions are started once for each.
 *
 * @param folder in which the commands run
 */
export async function openAwsProgram(environment: NodeJS.ProcessEnv, folder: string): Promise<AwsProgram | undefined> {
  const version = await runToFiles("aws", ["--version"], folder, environment).catch(() => undefined);
  if (version?.status !== 0) return undefined;
  return version.stdout.startsWith("aws-cli/1.") ? serveCommands(environment, folder) : startEach(folder);
}

function startEach(folder: string): AwsProgram {
  return {
    run: (words, environment) => runToFiles("aws", words, folder, environment),
    close: () => Promise.resolve(),
  };
}

const endSchema = z.strictObject({ id: z.number(), status: z.number() });

async function serveCommands(environment: NodeJS.ProcessEnv, folder: string): Promise<AwsProgram> {
  const place = await mkdtemp(join(tmpdir(), "break-glass-aws-program-"));
  const child = spawn("aws", ["serve-commands"], {
    cwd: folder,
    env: await withPlugin(environment, place),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const running = new Map<number, PromiseWithResolvers<number>>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, status } = endSchema.parse(JSON.parse(line));
    running.get(id)?.resolve(status);
  });
  child.on("exit", (code) => {
    for (const { reject } of running.values()) reject(new Error(`aws serve-commands ended with ${String(code)}`));
  });
  let started = 0;
  return {
    run: async (words, environmentOfCommand) => {
      const id = started++;
      const files = { stdout: join(place, `${id}.stdout`), stderr: join(place, `${id}.stderr`) };
      const end = Promise.withResolvers<number>();
      running.set(id, end);
      child.stdin.write(`${JSON.stringify({ id, words, folder, environment: environmentOfCommand, ...files })}\n`);
      const status = await end.promise;
      running.delete(id);
      return { status, stdout: await taken(files.stdout), stderr: await taken(files.stderr) };
    },
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
      await rm(place, { recursive: true });
    },
  };
}

async function withPlugin(environment: NodeJS.ProcessEnv, place: string): Promise<NodeJS.ProcessEnv> {
  const configFile = join(place, "config");
  await writeFile(configFile, "[plugins]\nserve-commands = serve_commands\n");
  const pythonPath = [pluginFolder, environment["PYTHONPATH"]].filter((path) => path !== undefined).join(delimiter);
  return { ...environment, AWS_CONFIG_FILE: configFile, PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: "1" };
}

async function taken(file: string): Promise<string> {
  const text = await readFile(file, "utf8");
  await rm(file);
  return text;
}
