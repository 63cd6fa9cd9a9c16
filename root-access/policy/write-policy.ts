import type { ResourcePolicy } from "./resource-policy.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { PolicyPlan } from "./unlock-plan.ts";

/**
 * The one write of the walk.
 *
 * @throws RootAccessError as AWS answers; where a principal is gone that stays named, with the ways that are left
 */
export async function writePolicy(policy: ResourcePolicy, { change, strategy }: PolicyPlan): Promise<void> {
  if (change.kind !== "put") return policy.remove();
  try {
    await policy.put(change.policyText);
  } catch (error) {
    throw strategy === "strip" && isPrincipalGone(error)
      ? new RootAccessError({ ...error.failure, next: whenGone })
      : error;
  }
}

/** AWS keeps a policy whose principal has been deleted since, and does not take it anew (docs/aws-behaviour.md, section 5). */
function isPrincipalGone(error: unknown): error is RootAccessError {
  return error instanceof RootAccessError && /invalid principal/i.test(error.failure.aws?.message ?? "");
}

const whenGone =
  "A statement that stays names somebody who does not exist any more, and with that AWS takes no policy. Delete the whole " +
  "policy (--strategy delete), or put a corrected one in its place (--policy FILE).";
