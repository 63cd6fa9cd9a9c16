import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { AwsAccess } from "../aws/aws-access.ts";
import { ec2Client, endedBy, identityCenterClient } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import { needing } from "../preflight/check.ts";

/** The organization's instance of IAM Identity Center, and a client in its Region. */
export interface IdentityCenter {
  readonly client: SSOAdminClient;
  readonly instanceArn: string;
  readonly region: string;
}

/**
 * Looks for the instance, which lives in one Region (docs/aws-behaviour.md, section 4): in the caller's own, and where it is not
 * there, in every other that is enabled.
 *
 * @returns `undefined` where no Region has it
 */
export async function findIdentityCenter(access: AwsAccess, signal: AbortSignal): Promise<IdentityCenter | undefined> {
  return (await instanceIn(access, signal)) ?? (await instanceElsewhere(access, signal));
}

async function instanceElsewhere(access: AwsAccess, signal: AbortSignal): Promise<IdentityCenter | undefined> {
  const regions = (await enabledRegions(access, signal)).filter((region) => region !== access.region);
  const found = await Promise.all(regions.map((region) => instanceIn({ ...access, region }, signal)));
  return found.find((instance) => instance !== undefined);
}

async function instanceIn(access: AwsAccess, signal: AbortSignal): Promise<IdentityCenter | undefined> {
  const { ListInstancesCommand } = await import("@aws-sdk/client-sso-admin");
  const client = await identityCenterClient(access);
  const { Instances = [] } = await needing("sso:ListInstances", () =>
    callAws({ doing: `find IAM Identity Center in ${access.region}` }, () =>
      client.send(new ListInstancesCommand({}), endedBy(signal)),
    ),
  );
  const instanceArn = Instances[0]?.InstanceArn;
  return instanceArn === undefined ? undefined : { client, instanceArn, region: access.region };
}

async function enabledRegions(access: AwsAccess, signal: AbortSignal): Promise<readonly string[]> {
  const { DescribeRegionsCommand } = await import("@aws-sdk/client-ec2");
  const client = await ec2Client(access);
  const { Regions = [] } = await needing("ec2:DescribeRegions", () =>
    callAws({ doing: "list the enabled Regions" }, () => client.send(new DescribeRegionsCommand({}), endedBy(signal))),
  );
  return Regions.flatMap(({ RegionName }) => RegionName ?? []);
}
