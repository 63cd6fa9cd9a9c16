import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { writeAwsProfiles } from "../../../cli/sandbox/aws-profiles.ts";
import { sandboxEnvironment } from "../../../cli/sandbox/environment.ts";
import { type Ended, runToFiles } from "../sandbox.ts";
import type { AwsServer } from "./aws-server.ts";
import type { RunbookBlock } from "./blocks.ts";
import { arrangements, situationNamed } from "./situations.ts";

export type Shell = "bash" | "zsh";

/** What to paste, and what is to go wrong. */
export interface Paste {
  readonly shell: Shell;
  readonly block: RunbookBlock;
  /** What stands in the shell before. */
  readonly settings: string;
  /** Counted from 1: which of its requests AWS answers with 500. Default: none. */
  readonly failing?: number;
}

/** What was seen of a block that was pasted into a shell in which AWS_PROFILE names the operator's own account. */
export interface Pasted extends Ended {
  /** The sandbox as it is afterwards. */
  readonly endpoint: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly state: SandboxOrganization["state"];
  /** In which the shell ran. */
  readonly folder: string;
  /** `SERVICE:OPERATION by ACCOUNT`, in order. */
  readonly requests: readonly string[];
}

/** The member account of another team: whatever is done with the operator's profile is done there. */
export const operator = { profile: "payments", account: "444444444444" } as const;

/** Typed after the block: what its shell still knows. */
const lookAround = 'echo "status $?, keys ${AWS_ACCESS_KEY_ID-none}, token ${AWS_SESSION_TOKEN-none}"\n';

/** Pastes a block into a plain shell in a sandbox of its own, and has it looked at before all of that goes. */
export async function paste(
  server: AwsServer,
  what: Paste,
  look: (seen: Pasted) => Promise<void> | void,
): Promise<void> {
  const organization = await startSandboxOrganization({
    configured: true,
    faults: { seed: 7, rules: [] },
    propagationMilliseconds: 50,
  });
  const place = await mkdtemp(join(tmpdir(), "break-glass-runbook-"));
  try {
    await look(await pasteInto(organization, { place, binaries: server.binaries, what }));
  } finally {
    await organization.close();
    await rm(place, { recursive: true });
  }
}

interface Surroundings {
  readonly place: string;
  readonly binaries: string;
  readonly what: Paste;
}

async function pasteInto(organization: SandboxOrganization, { place, binaries, what }: Surroundings): Promise<Pasted> {
  const { endpoint, state, faults } = organization;
  const environment = await environmentIn(place, binaries, organization);
  await situationNamed(arrangements, what.block.before)({ endpoint, environment });
  const requests: string[] = [];
  faults?.watch(({ service, operation, account }) => requests.push(`${service}:${operation} by ${account}`));
  if (what.failing !== undefined) faults?.add({ fault: "internal-error", calls: [what.failing] });
  const folder = join(place, "work");
  const script = join(place, "pasted");
  await mkdir(folder);
  await writeFile(script, `${what.settings}\n${what.block.script}${lookAround}`);
  const ended = await runToFiles("sh", ["-c", `exec ${what.shell} < "$0"`, script], folder, environment);
  return { ...ended, endpoint, environment, state, folder, requests };
}

async function environmentIn(
  folder: string,
  binaries: string,
  organization: SandboxOrganization,
): Promise<NodeJS.ProcessEnv> {
  const { configFile, credentialsFile } = await writeAwsProfiles(join(folder, "aws"), organization);
  const environment = sandboxEnvironment(
    {
      endpoint: organization.endpoint,
      folder,
      awsConfigFile: configFile,
      awsCredentialsFile: credentialsFile,
      pulumiHome: folder,
      pulumiBackendUrl: `file://${folder}`,
      pathFirst: [binaries],
    },
    process.env,
  );
  return { ...environment, AWS_PROFILE: operator.profile, AWS_MAX_ATTEMPTS: "1" };
}
