import { type AwsAccess, accessFromProfile } from "#root-access";
import { CommandError, exitCode } from "./exit-code.ts";

/** `--profile` and `--region`, as given. */
export interface ConnectionFlags {
  readonly profile?: string;
  readonly region?: string;
}

/**
 * Who the command works as. The Region comes from `--region`, the environment, or the profile; it decides which STS
 * endpoint answers, so there is no silent default.
 *
 * @throws CommandError 2 when no Region can be found
 */
export async function connect({ profile, region }: ConnectionFlags): Promise<AwsAccess> {
  const chosen = region ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? (await regionOf(profile));
  if (chosen === undefined) {
    const whose = profile === undefined ? "the default profile has none" : `the profile ${profile} has none`;
    throw new CommandError(exitCode.usage, `no Region: ${whose}. Give --region, for example --region ap-northeast-2.`);
  }
  return accessFromProfile(profile ?? process.env["AWS_PROFILE"], chosen);
}

async function regionOf(profile: string | undefined): Promise<string | undefined> {
  const { loadSharedConfigFiles } = await import("@smithy/core/config");
  const { configFile } = await loadSharedConfigFiles();
  return configFile[profile ?? process.env["AWS_PROFILE"] ?? "default"]?.["region"];
}
