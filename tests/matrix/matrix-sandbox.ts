import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { writeAwsProfiles } from "../../cli/sandbox/aws-profiles.ts";
import { sandboxEnvironment } from "../../cli/sandbox/environment.ts";

/** How a run of the command ended, and what it said. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A configured organization without the Pulumi engine, and a folder for what runs leave behind. */
export interface MatrixSandbox {
  readonly organization: SandboxOrganization;
  readonly folder: string;
  readonly propagationMilliseconds: number;
  /** Environment of a run of its own: the profile `break-glass` is a session of alice's that no run has had before. */
  readonly environment: (kind: "by credential process" | "at once") => Promise<NodeJS.ProcessEnv>;
  readonly close: () => Promise<void>;
}

const propagationMilliseconds = 30;

export async function openMatrixSandbox(): Promise<MatrixSandbox> {
  const organization = await startSandboxOrganization({
    configured: true,
    propagationMilliseconds,
    faults: { seed: 1, rules: [] },
  });
  const folder = await mkdtemp(join(tmpdir(), "break-glass-matrix-"));
  let runs = 0;
  return {
    organization,
    folder,
    propagationMilliseconds,
    environment: async (kind) => {
      // The SDK reads a file of profiles once in a process: each run gets files of its own.
      const profiles = join(folder, `aws-${(runs += 1)}`);
      const files =
        kind === "by credential process"
          ? await writeAwsProfiles(profiles, organization)
          : await writeSessionProfile(profiles, organization);
      return sandboxEnvironment(
        {
          endpoint: organization.endpoint,
          folder,
          awsConfigFile: files.configFile,
          awsCredentialsFile: files.credentialsFile,
          pulumiHome: folder,
          pulumiBackendUrl: `file://${folder}`,
          pathFirst: [],
        },
        process.env,
      );
    },
    close: async () => {
      await organization.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const sessionSchema = z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() });

/** What the credential process would give, asked for once: starting it takes longer than the run. */
async function writeSessionProfile(folder: string, { endpoint }: SandboxOrganization) {
  const answer = await fetch(`${endpoint}/.sandbox/break-glass-credentials`, {
    headers: { "x-sandbox": "break-glass" },
  });
  const { AccessKeyId, SecretAccessKey, SessionToken } = sessionSchema.parse(await answer.json());
  const files = { configFile: join(folder, "config"), credentialsFile: join(folder, "credentials") };
  await mkdir(folder, { mode: 0o700 });
  await writeFile(files.configFile, "[profile break-glass]\nregion = ap-northeast-2\n");
  await writeFile(
    files.credentialsFile,
    `[break-glass]\naws_access_key_id = ${AccessKeyId}\naws_secret_access_key = ${SecretAccessKey}\naws_session_token = ${SessionToken}\n`,
    { mode: 0o600 },
  );
  return files;
}
