import { findLockOut, type LockingStatement, MalformedPolicyError, type Remedy, type StayingStatement } from "#iam";
import { saysTheSame } from "../json-text.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { Target } from "./target.ts";

/**
 * How a lock is removed.
 *
 * - `strip`: only the statements that keep the account's administrators out; every other one stays, byte for byte
 * - `delete`: the whole policy
 */
export type UnlockStrategy = "strip" | "delete";

/** What is known, beside the policy, of those whom it may keep out. Everything that is not known may be left out. */
export interface KnownOfOwner {
  /** The organization of the account, `o-…`. */
  readonly organizationId?: string | undefined;
  /** Where the account is in it: `o-…/r-…/ou-…/`. */
  readonly organizationPath?: string | undefined;
  /** The resource's Region: whoever asks for its policy asks there. */
  readonly region?: string | undefined;
  /** ARNs of users of the account that exist and have to get in. */
  readonly administrators?: readonly string[];
}

/** What is about to be done to a policy, and why. */
export interface PolicyPlan {
  /** `replace`: another policy in its place, whatever it says. */
  readonly strategy: UnlockStrategy | "replace";
  readonly change: Remedy;
  /** Empty where nothing locks, or where the policy is deleted although this kit does not understand all of it. */
  readonly locks: readonly LockingStatement[];
  readonly stays: readonly StayingStatement[];
  /** Where nothing locks for the sake of one who is known to exist and gets in: the ARN. */
  readonly letsIn?: string;
}

/**
 * Decides what is to become of a resource's policy. One that locks nobody out is left alone, whatever the strategy.
 *
 * @throws RootAccessError `refused` for `strip` when the policy has parts that the evaluator does not know
 * @see docs/what-locks.md
 * @example planUnlock(target, policyText, "strip").locks.map(({ name }) => name)
 */
export function planUnlock(
  target: Target,
  policyText: string | undefined,
  strategy: UnlockStrategy,
  known: KnownOfOwner = {},
): PolicyPlan {
  if (policyText === undefined) return { strategy, change: { kind: "leave" }, locks: [], stays: [] };
  const found = lockOutOf(target, policyText, known);
  if ("notUnderstood" in found) {
    if (strategy === "delete") return { strategy, change: { kind: "delete" }, locks: [], stays: [] };
    throw new RootAccessError({
      reason: "refused",
      what: `The policy of ${target.arn} has parts that this command does not know: ${found.notUnderstood}`,
      effect: "Nothing has been changed.",
      next: "Delete the whole policy (--strategy delete) and put a corrected one in its place.",
    });
  }
  const { locks, stays, remedy, administrator } = found;
  const { arn } = administrator.principal;
  const letsIn = locks.length === 0 && known.administrators?.includes(arn) ? { letsIn: arn } : {};
  const change = locks.length > 0 && strategy === "delete" ? ({ kind: "delete" } as const) : remedy;
  return { strategy, change, locks, stays, ...letsIn };
}

/**
 * Whether a policy is the one that was planned, as AWS gives it back: it keeps one in its own way, so it may not be the text
 * that was sent, but it is not the one from before either.
 */
export function isInPlace(
  target: Target,
  { change, strategy }: PolicyPlan,
  before: string | undefined,
  now: string | undefined,
  known: KnownOfOwner = {},
): boolean {
  if (change.kind !== "put") return now === undefined;
  if (now === undefined) return false;
  if (strategy === "replace") return now !== before || saysTheSame(now, change.policyText);
  if (now === before) return false;
  return planUnlock(target, now, strategy, known).change.kind === "leave";
}

/** @returns why the policy cannot be judged, where it has parts that the evaluator does not know */
export function lockOutOf(
  { arn, accountId }: Target,
  policyText: string,
  { organizationId, organizationPath, region, administrators = [] }: KnownOfOwner,
): ReturnType<typeof findLockOut> | { readonly notUnderstood: string } {
  const circumstances = {
    ...(region === undefined ? {} : { "aws:RequestedRegion": region }),
    ...(organizationPath === undefined
      ? {}
      : { "aws:PrincipalOrgPaths": [organizationPath], "aws:ResourceOrgPaths": [organizationPath] }),
  };
  const owner = { ownerAccountId: accountId, ...(organizationId === undefined ? {} : { organizationId }) };
  try {
    return findLockOut({ policyText, resource: arn, ...owner, administrators, circumstances, at: new Date() });
  } catch (error) {
    if (error instanceof MalformedPolicyError) return { notUnderstood: error.message };
    throw error;
  }
}
