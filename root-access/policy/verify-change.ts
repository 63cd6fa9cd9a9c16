import { parseAccessDenied } from "#iam";
import type { AwsAccess } from "../aws/aws-access.ts";
import { endedBy, s3Client } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { identifyCaller } from "../caller.ts";
import { patientWith } from "../aws/patience.ts";
import { policyOf } from "./policy-of.ts";
import { type Look, waitFor } from "../poll.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { Target } from "./target.ts";
import { isInPlace, type KnownOfOwner, type PolicyPlan } from "./unlock-plan.ts";

/** Who has seen that a change has come into effect. */
export type Verification =
  | { readonly by: "root session" }
  | {
      readonly by: "ordinary principal";
      /** `profile orders`. */
      readonly as: string;
      /** What it was let do. */
      readonly did: string;
    };

export interface ChangeToVerify {
  readonly target: Target;
  /** The policy as the root session reaches it. */
  readonly policy: ResourcePolicy;
  readonly plan: PolicyPlan;
  /** The policy's text before the change. */
  readonly before: string | undefined;
  readonly known: KnownOfOwner;
  readonly verifyAs?: AwsAccess | undefined;
  readonly deadlineMilliseconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until the root session sees the change, and then until the ordinary principal is let in, where one is given.
 *
 * @throws RootAccessError `timed-out` with what was seen last; `not-authorized` where the ordinary principal's own policies
 *   are in the way, so that it can show nothing
 */
export async function verifyChange(change: ChangeToVerify): Promise<Verification> {
  await seenByRootSession(change);
  const { verifyAs } = change;
  if (verifyAs === undefined) return { by: "root session" };
  return { by: "ordinary principal", as: verifyAs.label, did: await letIn(verifyAs, change) };
}

/**
 * Sees before anything is changed that whoever is to verify can: with credentials that work, of the account that the lock
 * keeps out.
 *
 * @returns its ARN where that is one of a user: it exists, and has to get in. Of a role's session AWS does not tell the
 *   role's path, without which a policy cannot be compared with it
 * @throws RootAccessError `usage` for another account's, `not-authenticated` for credentials that do not work
 */
export async function checkVerifier(
  target: Target,
  verifyAs: AwsAccess | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  if (verifyAs === undefined) return [];
  const { accountId, arn } = await identifyCaller(verifyAs, signal);
  if (accountId === target.accountId) return /:user\//.test(arn) ? [arn] : [];
  throw new RootAccessError({
    reason: "usage",
    what: `${verifyAs.label} is of account ${accountId}: it cannot verify for account ${target.accountId}, which owns ${target.kind} ${target.name}.`,
    next: "Verify as an ordinary principal of that account, or leave --verify-profile out.",
  });
}

/** Says of somebody whom a policy keeps out though it locks nobody else out: whoever looks for a lock looks for this one. */
export async function noteWhoIsKeptOut(
  change: ChangeToVerify & { readonly onNote?: (sentence: string) => void },
): Promise<void> {
  const { verifyAs, before, onNote, target } = change;
  if (verifyAs === undefined || before === undefined) return;
  const look = await (await lookAs(verifyAs, change))();
  if ("found" in look) return;
  onNote?.(
    `${verifyAs.label} is kept out of ${target.kind} ${target.name} all the same: ${look.instead}, though not to every ` +
      "administrator of the account. Work as another one, or put a corrected policy by unlock --policy FILE.",
  );
}

/** AWS may write a policy that it keeps in its own way, so the texts are not compared. */
async function seenByRootSession(change: ChangeToVerify): Promise<void> {
  const { target, policy, plan, before, known, deadlineMilliseconds = usualDeadline, signal } = change;
  const expected =
    plan.change.kind === "delete"
      ? "be gone"
      : plan.strategy === "strip"
        ? "let its administrators in"
        : "be the new one";
  await waitFor({
    waitingFor: `the policy of ${target.kind} ${target.name} to ${expected}`,
    look: async () =>
      isInPlace(target, plan, before, await policy.read(), known)
        ? { found: true }
        : { instead: "the policy is still as it was" },
    deadlineMilliseconds,
    signal,
  });
}

async function letIn(access: AwsAccess, change: ChangeToVerify): Promise<string> {
  const { target, deadlineMilliseconds = usualDeadline, signal } = change;
  return waitFor({
    waitingFor: `${access.label} to get into ${target.kind} ${target.name}`,
    look: await lookAs(access, change),
    deadlineMilliseconds,
    signal,
  });
}

/** Tries to get in, as somebody: what they were let do, or what denies it. */
async function lookAs(access: AwsAccess, change: ChangeToVerify): Promise<() => Promise<Look<string>>> {
  const { target, policy, signal } = change;
  const there = target.kind === "bucket" ? { ...target, region: policy.region } : target;
  const mine = await policyOf(access, there, signal);
  return async () => {
    try {
      await mine.read();
      return { found: target.kind === "bucket" ? "s3:GetBucketPolicy" : "sqs:GetQueueAttributes" };
    } catch (error) {
      if (deniedByPolicyItself(error)) return { instead: "the resource's policy denies it" };
      if (target.kind === "bucket" && awsErrorCode(error) === "AccessDenied") return listed(access, change);
      throw error;
    }
  };
}

/** Whoever may not read policies may yet be let in to the bucket. */
async function listed(access: AwsAccess, { target, policy, signal }: ChangeToVerify): Promise<Look<string>> {
  const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  const s3 = await s3Client({ ...access, region: policy.region }, patientWith(signal));
  try {
    await callAws({ doing: `list bucket ${target.name} as ${access.label}` }, () =>
      s3.send(new ListObjectsV2Command({ Bucket: target.name, MaxKeys: 1 }), endedBy(signal)),
    );
    return { found: "s3:ListBucket" };
  } catch (error) {
    if (deniedByPolicyItself(error)) return { instead: "the resource's policy denies it" };
    if (!(error instanceof RootAccessError) || error.reason !== "not-authorized") throw error;
    const next = "Give a --verify-profile that may read the resource; nothing is known to be wrong with it.";
    throw new RootAccessError({ ...error.failure, next });
  }
}

function deniedByPolicyItself(error: unknown): boolean {
  if (!(error instanceof RootAccessError) || error.failure.aws === undefined) return false;
  const denial = parseAccessDenied(error.failure.aws.message);
  return denial?.kind === "explicit" && denial.policyType === "resource-based policy";
}

const usualDeadline = 120_000;
