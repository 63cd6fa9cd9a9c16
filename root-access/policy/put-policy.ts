import { changePolicy, type PolicyChangeRequest, type PolicyChangeResult } from "./policy-change.ts";
import { checkReplacement, checkText, planReplacement } from "./replacement-plan.ts";
import type { Target } from "./target.ts";
import { type KnownOfOwner, lockOutOf } from "./unlock-plan.ts";

export interface PutPolicyRequest extends PolicyChangeRequest {
  /** What is to be the policy, as it is to be written. */
  readonly policyText: string;
  /** For the record and messages. Default `unlock`. */
  readonly verb?: "unlock" | "restore";
}

export interface PutPolicyResult extends Omit<PolicyChangeResult, "outcome"> {
  /**
   * `in-place-already`: the bucket's policy says the same (a queue's is put all the same); `would-replace`: a dry run. With both nothing was written, neither to AWS
   * nor to disk.
   */
  readonly outcome: "replaced" | "in-place-already" | "would-replace";
}

/**
 * Puts a policy in the place of a bucket's or queue's, whatever is there, through a root session, after a backup. One that
 * would lock is refused before a root session is opened, unless forced.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 2, 5 and 6.
 *
 * @throws RootAccessError saying at which resource it stopped and whether anything has been changed
 * @example await putPolicy({ target, policyText, breakGlass, backupFolder, recordFolder })
 */
export async function putPolicy(request: PutPolicyRequest): Promise<PutPolicyResult> {
  const { target, policyText, force = false, verb = "unlock" } = request;
  checkText(policyText);
  const result = await changePolicy(request, {
    verb,
    strategy: "replace",
    mustDo: actionsOf(target),
    accept: (known) => {
      if (!force) checkReplacement(target, policyText, known);
    },
    plan: (before, known) => planReplacement(target, before, policyText, { force, known }),
    lockedAfter: (known) => locksIn(target, policyText, known),
  });
  return { ...result, outcome: outcomes[result.outcome] };
}

function locksIn(target: Target, policyText: string, known: KnownOfOwner): readonly string[] {
  const found = lockOutOf(target, policyText, known);
  return "notUnderstood" in found ? [] : found.locks.map(({ name }) => name);
}

const outcomes = { changed: "replaced", left: "in-place-already", "would change": "would-replace" } as const;

function actionsOf({ kind }: Target): readonly string[] {
  return kind === "bucket"
    ? ["s3:GetBucketPolicy", "s3:PutBucketPolicy"]
    : ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"];
}
