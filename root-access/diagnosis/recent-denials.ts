import type { AwsAccess } from "../aws/aws-access.ts";
import { cloudTrailClient, endedBy } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import type { Denial } from "./denial.ts";
import { readDenials } from "./read-denials.ts";

/**
 * What CloudTrail shows of the caller's account as refused since `since`, newest first: in the caller's Region, and in
 * us-east-1, where IAM and Organizations are recorded. Events appear minutes after they happened
 * (docs/aws-behaviour.md, section 9).
 *
 * @throws RootAccessError `not-authorized` without cloudtrail:LookupEvents, `not-authenticated`, `aws-failed`, `cancelled`
 */
export async function recentDenials(access: AwsAccess, since: Date, signal?: AbortSignal): Promise<readonly Denial[]> {
  const regions = [...new Set([access.region, "us-east-1"])];
  const found = await Promise.all(regions.map((region) => denialsIn({ ...access, region }, since, signal)));
  return found.flat();
}

async function denialsIn(
  access: AwsAccess,
  StartTime: Date,
  signal: AbortSignal | undefined,
): Promise<readonly Denial[]> {
  const { paginateLookupEvents } = await import("@aws-sdk/client-cloudtrail");
  const client = await cloudTrailClient(access);
  const denials: Denial[] = [];
  try {
    await callAws({ doing: `look up the latest events of CloudTrail in ${access.region}` }, async () => {
      for await (const { Events = [] } of paginateLookupEvents({ client }, { StartTime }, endedBy(signal))) {
        denials.push(...Events.flatMap(({ CloudTrailEvent = "{}" }) => readDenials(CloudTrailEvent)));
      }
    });
  } finally {
    client.destroy();
  }
  return denials;
}
