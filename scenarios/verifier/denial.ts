import { parseAccessDenied } from "#iam";
import { RootAccessError, waitFor } from "#root-access";
import { isGone } from "../answers.ts";
import type { Finding } from "./proofs.ts";

/** A call that the lock has to deny. */
export interface LockedCall<Answer = unknown> {
  /** `s3:GetBucketPolicy`, as AWS names it in a denial; letter case aside. */
  readonly action: string;
  /** ARN of the bucket or queue. */
  readonly resource: string;
  readonly call: () => Promise<Answer>;
}

/**
 * Calls once and judges the answer. Only an explicit deny in the resource's own policy, for this action on this resource,
 * is the lock at work; any other denial proves nothing about it.
 *
 * @throws RootAccessError of a failure that asking again would not change: nobody was asked, or nothing is there
 */
export async function expectDenial({ action, resource, call }: LockedCall): Promise<Finding> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof RootAccessError) || isFinal(error)) throw error;
    return judge(error, action, resource);
  }
  return { holds: false, why: `${action} was allowed` };
}

/**
 * Calls until the lock has its effect everywhere (docs/aws-behaviour.md, section 6), or the deadline has come. For calls
 * that do no harm when they succeed.
 */
export async function awaitDenial(
  locked: LockedCall,
  deadlineMilliseconds: number,
  signal?: AbortSignal,
): Promise<Finding> {
  let inARow = 0;
  return waitFor({
    waitingFor: `${locked.action} to be denied`,
    look: async () => {
      const finding = await expectDenial(locked);
      inARow = finding.holds ? inARow + 1 : 0;
      if (inARow === denialsThatCount) return { found: finding };
      return { instead: finding.holds ? "it is only just denied" : finding.why };
    },
    deadlineMilliseconds,
    signal,
  });
}

/** A call that got through has done what it does: the finding has to say so. */
export function tellingOfHarm(finding: Finding, harm: string): Finding {
  if (finding.holds || !finding.why.endsWith("was allowed")) return finding;
  return { holds: false, why: `${finding.why}: ${harm}` };
}

/** A change reaches AWS's servers one after the other; one denial may be the first server that knows. */
const denialsThatCount = 3;

function isFinal(error: RootAccessError): boolean {
  return ["not-authenticated", "refused", "usage", "cancelled"].includes(error.reason) || isGone(error);
}

function judge(error: RootAccessError, action: string, resource: string): Finding {
  const { aws } = error.failure;
  const denial = aws === undefined ? undefined : parseAccessDenied(aws.message);
  if (denial === undefined) return { holds: false, why: `${action} failed, but was not denied: ${error.message}` };
  const byTheLock = denial.kind === "explicit" && denial.policyType === "resource-based policy";
  const asAsked = denial.action.toLowerCase() === action.toLowerCase() && denial.resource === resource;
  if (byTheLock && asAsked) return { holds: true };
  return { holds: false, why: `${action} was denied, but not by the lock: ${aws?.message ?? ""}` };
}
