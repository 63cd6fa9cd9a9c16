import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type SandboxOrganization, type SandboxOrganizationOptions, startSandboxOrganization } from "#simulator";
import { awsCliFolder } from "#toolchain";
import { writeAwsProfiles } from "../../../cli/sandbox/aws-profiles.ts";
import { linkBinaries, searchPath } from "../../../cli/sandbox/binaries.ts";
import { sandboxEnvironment } from "../../../cli/sandbox/environment.ts";
import { type AwsProgram, openAwsProgram } from "../clients/aws-program.ts";
import { type Ended, expectStatus } from "../sandbox.ts";

export const member = "333333333333";
export const region = "ap-northeast-2";
export const inHomeRegion = "--region us-east-1 --instance-arn arn:aws:sso:::instance/ssoins-7223000000000001";

/** A sandbox organization and the real AWS CLI, with the profiles of docs/sandbox.md; no Pulumi engine is needed. */
export interface CliSandbox {
  readonly organization: SandboxOrganization;
  readonly folder: string;
  /** Words are separated by spaces; what holds spaces itself is given apart. */
  readonly aws: (profile: string, words: string, ...more: readonly string[]) => Promise<Ended>;
  /** What a command prints with `--output text`, once it has ended well. */
  readonly text: (profile: string, words: string, ...more: readonly string[]) => Promise<string>;
  /** What a command says that AWS refuses. */
  readonly refusal: (profile: string, words: string, ...more: readonly string[]) => Promise<string>;
  /** The same commands with three variables exported instead of a profile. */
  readonly exported: (keys: string, words: string, ...more: readonly string[]) => Promise<Ended>;
  /** Opens a root session as alice and runs one command in it. */
  readonly asRoot: (task: string, words: string, ...more: readonly string[]) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

/**
 * Opens one; skips the suite, with a visible line, on machines without the AWS CLI.
 *
 * @example before(async function () { cli = await openCliSandbox(this, { configured: true }); });
 */
export async function openCliSandbox(suite: Mocha.Context, options: SandboxOrganizationOptions): Promise<CliSandbox> {
  const organization = await startSandboxOrganization({ propagationMilliseconds: 200, ...options });
  const folder = await mkdtemp(join(tmpdir(), "break-glass-cli-"));
  const environment = await environmentIn(folder, organization);
  const program = await openAwsProgram(environment, folder);
  const close = async (): Promise<void> => {
    await program?.close();
    await organization.close();
    await rm(folder, { recursive: true, force: true });
  };
  if (!program) {
    await close();
    process.stderr.write("    skipped: there is no AWS CLI here, and no Python to install one with\n");
    return suite.skip();
  }
  return { organization, folder, close, ...commands(program, environment) };
}

async function environmentIn(folder: string, organization: SandboxOrganization): Promise<NodeJS.ProcessEnv> {
  const { endpoint } = organization;
  const binaries = join(folder, "bin");
  const profiles = await writeAwsProfiles(join(folder, "aws"), organization);
  const awsFolders = [...searchPath(process.env["PATH"]), ...[awsCliFolder()].filter((path) => path !== undefined)];
  await linkBinaries(binaries, { endpoint, awsFolders });
  const places = {
    endpoint,
    folder,
    awsConfigFile: profiles.configFile,
    awsCredentialsFile: profiles.credentialsFile,
    pulumiHome: folder,
    pulumiBackendUrl: `file://${folder}`,
    pathFirst: [binaries],
  };
  return sandboxEnvironment(places, process.env);
}

function commands(
  program: AwsProgram,
  environment: NodeJS.ProcessEnv,
): Pick<CliSandbox, "aws" | "text" | "refusal" | "exported" | "asRoot"> {
  const run = (words: string, more: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    program.run([...words.split(" "), ...more], { ...environment, ...variables });

  const aws: CliSandbox["aws"] = (profile, words, ...more) => run(words, [...more, "--profile", profile]);

  const text: CliSandbox["text"] = async (profile, words, ...more) =>
    expectStatus(await aws(profile, words, ...more, "--output", "text"), 0).stdout.trim();

  const exported: CliSandbox["exported"] = (keys, words, ...more) => {
    const [AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN] = keys.split(/\s+/);
    const token = AWS_SESSION_TOKEN === undefined ? {} : { AWS_SESSION_TOKEN };
    return run(words, more, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...token });
  };

  return {
    aws,
    text,
    exported,
    refusal: async (profile, words, ...more) => refusalIn(await aws(profile, words, ...more)),
    asRoot: async (task, words, ...more) =>
      exported(await text("break-glass", `${assumeRoot(task)} ${keys}`), words, ...more),
  };
}

/** Access key id, secret and token of a session, in one line. */
export const keys = "--query Credentials.[AccessKeyId,SecretAccessKey,SessionToken]";

export const taskPolicy = (task: string): string => `arn=arn:aws:iam::aws:policy/root-task/${task}`;

export const assumeRoot = (task: string): string =>
  `sts assume-root --target-principal ${member} --task-policy-arn ${taskPolicy(task)} --duration-seconds 900`;

/** What AWS refuses ends with 255 in version 1 of the AWS CLI and with 254 in version 2. */
export function refusalIn(ended: Ended): string {
  expect(ended.status, ended.stdout).to.be.oneOf([254, 255]);
  return ended.stderr.trim();
}

/** Looks until it is so. */
export async function eventually(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come true within 20 s`);
  }
}
