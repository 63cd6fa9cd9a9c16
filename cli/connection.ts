import { type AwsAccess, accessFromProfile } from "#root-access";
import { CommandError, exitCode } from "./exit-code.ts";

/** `--profile` and `--region`, as given. */
export interface ConnectionFlags {
  readonly profile?: string;
  readonly region?: string;
}

/**
 * Who the command works as. The Region comes from `--region`, the environment, or the profile; it decides which STS
 * endpoint answers, so there is no silent default. A variable that is set to nothing counts as not set, as with the AWS CLI.
 *
 * @throws CommandError 2 when there is no such profile, `--region` names no Region, or none can be found
 */
export async function connect(flags: ConnectionFlags): Promise<AwsAccess> {
  checkRegion(flags.region);
  const profile = flags.profile ?? (process.env["AWS_PROFILE"] || undefined);
  const settings = await settingsOf(profile);
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = flags.region ?? (AWS_REGION || AWS_DEFAULT_REGION || settings?.["region"]);
  if (!region) {
    const whose = profile === undefined ? "the default profile has none" : `the profile ${profile} has none`;
    throw new CommandError(exitCode.usage, `no Region: ${whose}. Give --region, for example --region ap-northeast-2.`);
  }
  return accessFromProfile(profile, region);
}

/** Any other word would become part of a host's name, and whatever answers there would be told as a failure of AWS. */
function checkRegion(region: string | undefined): void {
  if (region === undefined || /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) return;
  throw new CommandError(exitCode.usage, `"${region}" is not a Region. One is named like ap-northeast-2.`);
}

async function settingsOf(
  profile: string | undefined,
): Promise<Readonly<Record<string, string | undefined>> | undefined> {
  const { loadSharedConfigFiles } = await import("@smithy/core/config");
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const settings = configFile[profile ?? "default"];
  if (profile !== undefined && settings === undefined && credentialsFile[profile] === undefined) {
    throw new CommandError(
      exitCode.usage,
      `there is no AWS profile "${profile}" on this machine. The AWS CLI lists those there are: aws configure list-profiles`,
    );
  }
  return settings;
}
