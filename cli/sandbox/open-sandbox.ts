import { join } from "node:path";
import {
  type FaultPlan,
  FaultPlanError,
  installPlugins,
  type SandboxOrganization,
  startSandboxOrganization,
} from "#simulator";
import { awsCliFolder, prepareBackend } from "#toolchain";
import { requireEngine } from "../engine.ts";
import { CommandError, exitCode } from "../exit-code.ts";
import { writeAwsProfiles } from "./aws-profiles.ts";
import { linkBinaries, searchPath } from "./binaries.ts";
import { sandboxEnvironment, sandboxPassphrase } from "./environment.ts";
import { makeSandboxFolder, removeSandboxFolder } from "./folder.ts";

/** What `break-glass sandbox` can be told. */
export interface SandboxOptions {
  readonly port: number;
  readonly configured: boolean;
  readonly accounts: number;
  readonly latencyMilliseconds: number;
  readonly propagationMilliseconds: number;
  readonly faults?: FaultPlan;
}

/** A sandbox organization with everything that a command needs to work in it. */
export interface OpenSandbox {
  readonly endpoint: string;
  readonly folder: string;
  readonly organization: SandboxOrganization;
  readonly environment: NodeJS.ProcessEnv;
  readonly close: () => Promise<void>;
}

/**
 * Starts a sandbox organization and prepares a folder of its own for it: programs, AWS profiles, Pulumi home and backend.
 *
 * @param log told of requests that the sandbox refuses as not modelled
 * @throws CommandError 2 when the port is taken or closed, a fault is for no account here, or this machine has not been set up
 */
export async function openSandbox(options: SandboxOptions, log: (line: string) => void): Promise<OpenSandbox> {
  const engine = requireEngine();
  const organization = await start(options, log);
  const folder = await makeSandboxFolder();
  const close = async (): Promise<void> => {
    await organization.close();
    await removeSandboxFolder(folder);
  };
  try {
    const environment = await prepare(folder, engine.folder, organization);
    return { endpoint: organization.endpoint, folder, organization, environment, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(options: SandboxOptions, log: (line: string) => void): Promise<SandboxOrganization> {
  try {
    return await startSandboxOrganization({ ...options, log });
  } catch (error) {
    const reason = whyNotStarted(error, options.port);
    throw reason === undefined ? error : new CommandError(exitCode.usage, reason);
  }
}

function whyNotStarted(error: unknown, port: number): string | undefined {
  if (error instanceof FaultPlanError) return `--faults: ${error.message}`;
  if (!(error instanceof Error && "code" in error)) return undefined;
  const another = "choose another, or leave it out for a free one.";
  if (error.code === "EADDRINUSE") return `--port ${port} is taken by another program; ${another}`;
  if (error.code === "EACCES") return `--port ${port} is not open to programs of this user; ${another}`;
  return undefined;
}

async function prepare(
  folder: string,
  engineFolder: string,
  organization: SandboxOrganization,
): Promise<NodeJS.ProcessEnv> {
  const { endpoint } = organization;
  const binaries = join(folder, "bin");
  const awsFolders = [...searchPath(process.env["PATH"]), ...[awsCliFolder()].filter((path) => path !== undefined)];
  const [profiles, backend] = await Promise.all([
    writeAwsProfiles(join(folder, "aws"), organization),
    prepareBackend({ folder: join(folder, "pulumi"), passphrase: sandboxPassphrase }),
    linkBinaries(binaries, { endpoint, awsFolders }),
  ]);
  await installPlugins(backend.pulumiHome, process.execPath);
  const places = {
    endpoint,
    folder,
    awsConfigFile: profiles.configFile,
    awsCredentialsFile: profiles.credentialsFile,
    pulumiHome: backend.pulumiHome,
    pulumiBackendUrl: backend.backendUrl,
    pathFirst: [binaries, engineFolder],
  };
  return sandboxEnvironment(places, process.env);
}
