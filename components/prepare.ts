import { RunError, runtime } from "@pulumi/pulumi";
import { type AccessPlan, planAccess } from "./access-plan.ts";
import { parseConfiguration } from "./configuration.ts";
import { gatherOrganizationFacts } from "./organization-facts.ts";
import type { Reviewed } from "./review.ts";

/**
 * Reads the stack's configuration and compares it with the organization. To be awaited before the first resource is
 * registered, so that a configuration that does not fit changes nothing.
 *
 * @throws RunError with all problems, one sentence each; the engine prints it without a stack
 * @example const plan = await prepareAccess();
 */
export async function prepareAccess(): Promise<AccessPlan> {
  const configuration = acceptedOf(parseConfiguration(runtime.allConfig()));
  const facts = await gatherOrganizationFacts(configuration);
  return acceptedOf(planAccess(configuration, facts));
}

function acceptedOf<T>(reviewed: Reviewed<T>): T {
  if ("accepted" in reviewed) return reviewed.accepted;
  throw new RunError(["Nothing was changed. Please correct:", ...reviewed.problems].join("\n  "));
}
