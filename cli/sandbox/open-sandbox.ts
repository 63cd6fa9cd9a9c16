import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { installPlugins, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { awsCliFolder, locateEngine, prepareBackend } from "#toolchain";
import { CommandError, exitCode } from "../exit-code.ts";
import { writeAwsProfiles } from "./aws-profiles.ts";
import { sandboxEnvironment, sandboxPassphrase } from "./environment.ts";

/** What `break-glass sandbox` can be told. */
export interface SandboxOptions {
  readonly port: number;
  readonly configured: boolean;
  readonly accounts: number;
  readonly latencyMilliseconds: number;
  readonly propagationMilliseconds: number;
}

/** A sandbox organization with everything that a command needs to work in it. */
export interface OpenSandbox {
  readonly endpoint: string;
  readonly folder: string;
  readonly organization: SandboxOrganization;
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
}

const checkout = dirname(dirname(import.meta.dirname));

/**
 * Starts a sandbox organization and prepares a folder of its own for it: AWS profiles, Pulumi home and backend.
 *
 * @param log told of requests that the sandbox refuses as not modelled
 * @throws CommandError 2 when the port is taken
 */
export async function openSandbox(options: SandboxOptions, log: (line: string) => void): Promise<OpenSandbox> {
  const engine = locateEngine();
  const folder = await makeFolder();
  const organization = await start(options, log);
  const { endpoint } = organization;
  const binaries = await linkBinaries(folder);
  const [profiles, backend] = await Promise.all([
    writeAwsProfiles(join(folder, "aws"), organization),
    prepareBackend({ folder: join(folder, "pulumi"), passphrase: sandboxPassphrase }),
  ]);
  await installPlugins(backend.pulumiHome, process.execPath);
  return {
    endpoint,
    folder,
    organization,
    environment: sandboxEnvironment(
      {
        endpoint,
        folder,
        awsConfigFile: profiles.configFile,
        awsCredentialsFile: profiles.credentialsFile,
        pulumiHome: backend.pulumiHome,
        pulumiBackendUrl: backend.backendUrl,
        pathFirst: [binaries, engine.folder],
        pathLast: [awsCliFolder()].filter((path) => path !== undefined),
      },
      process.env,
    ),
    close: async () => {
      await organization.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function makeFolder(): Promise<string> {
  const parent = join(checkout, ".local", "sandboxes");
  await mkdir(parent, { recursive: true, mode: 0o700 });
  return mkdtemp(join(parent, "sandbox-"));
}

async function start(options: SandboxOptions, log: (line: string) => void): Promise<SandboxOrganization> {
  try {
    return await startSandboxOrganization({ ...options, log });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new CommandError(
        exitCode.usage,
        `--port ${options.port} is taken by another program; choose another, or leave it out for a free one.`,
      );
    }
    throw error;
  }
}

/** `node` and `break-glass` as this process has them, so that what the engine starts runs on the same Node. */
async function linkBinaries(folder: string): Promise<string> {
  const binaries = join(folder, "bin");
  await mkdir(binaries);
  await symlink(process.execPath, join(binaries, "node"));
  const launcher = join(binaries, "break-glass");
  await writeFile(launcher, `#!/bin/sh\nexec "${process.execPath}" "${join(checkout, "cli", "main.ts")}" "$@"\n`);
  await chmod(launcher, 0o755);
  return binaries;
}
