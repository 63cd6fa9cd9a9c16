import { getRegions } from "@pulumi/aws/getRegions.js";
import { type InvokeOptions, log } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import { asking } from "../facts/asking.ts";
import { configurationNamespace } from "../configuration/configuration.ts";
import { nearest } from "../configuration/nearest.ts";
import { observe } from "../facts/observed.ts";
import { checkLine } from "./preflight.ts";
import { refused, type Reviewed } from "../review.ts";

/** The Region of the topic, and those to watch where not all are. */
export interface AskedRegions {
  readonly region: string;
  readonly regions: readonly string[] | undefined;
}

/**
 * The Regions to watch in an account: those that are configured, or all that the account has enabled. One that it has not
 * enabled is refused, because a rule or topic there would fail when half of the others are made.
 *
 * @throws RunError where the account cannot be asked, and no Regions are configured
 */
export async function watchedRegions(
  accountId: AccountId,
  asked: AskedRegions,
  options: InvokeOptions,
): Promise<Reviewed<readonly string[]>> {
  const answer = asking(`for the Regions of account ${accountId}`, getRegions({}, options));
  if (asked.regions === undefined) return review(accountId, asked, (await answer).names);
  const found = await observe(answer, "ec2:DescribeRegions");
  if ("known" in found) return review(accountId, asked, found.known.names);
  const subject = `whether account ${accountId} has enabled the Regions of the alerts`;
  await log.info(checkLine({ subject, needs: found.needs }));
  return { accepted: asked.regions };
}

function review(
  accountId: AccountId,
  { region, regions = [] }: AskedRegions,
  enabled: readonly string[],
): Reviewed<readonly string[]> {
  const places = [...regions.map((code, index) => [`regions[${index}]`, code] as const), ["region", region] as const];
  const problems = places
    .filter(([, code]) => !enabled.includes(code))
    .map(([key, code]) => `${configurationNamespace}:rootAccessAlerts.${key}: ${notEnabled(accountId, code, enabled)}`);
  if (problems.length > 0) return refused(...problems);
  return { accepted: regions.length > 0 ? regions : enabled };
}

function notEnabled(accountId: AccountId, code: string, enabled: readonly string[]): string {
  const meant = nearest(code, enabled);
  const question = meant === undefined ? "." : `; did you mean ${meant}?`;
  return (
    `account ${accountId} has not enabled a Region ${code}${question} Correct it, or enable it there first: ` +
    `aws account enable-region --region-name ${code} (account:EnableRegion).`
  );
}
