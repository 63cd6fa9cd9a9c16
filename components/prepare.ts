import { log, RunError, runtime } from "@pulumi/pulumi";
import { type AccessPlan, planAccess } from "./access-plan.ts";
import { adoptExisting } from "./adoption.ts";
import { parseConfiguration } from "./configuration.ts";
import { readExistingAccess } from "./existing-access.ts";
import { gatherOrganizationFacts } from "./organization-facts.ts";
import { readOwnResources } from "./own-resources.ts";
import type { Reviewed } from "./review.ts";

/**
 * Reads the stack's configuration and compares it with the organization. To be awaited before the first resource is
 * registered, so that a configuration that does not fit changes nothing. Warns of what others have set up and this stack
 * leaves alone.
 *
 * @throws RunError with all problems, one sentence each; the engine prints it without a stack
 * @example const plan = await prepareAccess();
 */
export async function prepareAccess(): Promise<AccessPlan> {
  const configuration = acceptedOf(parseConfiguration(runtime.allConfig()));
  const facts = await gatherOrganizationFacts(configuration);
  const planned = acceptedOf(planAccess(configuration, facts));
  const plan = acceptedOf(adoptExisting(planned, await readExistingAccess(planned, await readOwnResources())));
  for (const delegate of plan.otherDelegates) await log.warn(otherDelegate(delegate));
  return plan;
}

function otherDelegate(account: string): string {
  return (
    `Account ${account} is a delegated administrator of iam.amazonaws.com that this stack does not manage: it may open root ` +
    "sessions too. If it should not: aws organizations deregister-delegated-administrator --service-principal " +
    `iam.amazonaws.com --account-id ${account.slice(0, 12)}`
  );
}

function acceptedOf<T>(reviewed: Reviewed<T>): T {
  if ("accepted" in reviewed) return reviewed.accepted;
  throw new RunError(["Nothing was changed. Please correct:", ...reviewed.problems].join("\n  "));
}
