import { findLockOut, type LockingStatement, MalformedPolicyError, type Remedy, type StayingStatement } from "#iam";
import { saysTheSame } from "./json-text.ts";
import { RootAccessError } from "./root-access-error.ts";
import type { Target } from "./target.ts";

/**
 * How a lock is removed.
 *
 * - `strip`: only the statements that keep the account's administrators out; every other one stays, byte for byte
 * - `delete`: the whole policy
 */
export type UnlockStrategy = "strip" | "delete";

/** What is about to be done to a policy, and why. */
export interface PolicyPlan {
  /** `replace`: another policy in its place, whatever it says. */
  readonly strategy: UnlockStrategy | "replace";
  readonly change: Remedy;
  /** Empty where nothing locks, or where the policy is deleted although this kit does not understand all of it. */
  readonly locks: readonly LockingStatement[];
  readonly stays: readonly StayingStatement[];
}

/**
 * Decides what is to become of a resource's policy. One that locks nobody out is left alone, whatever the strategy.
 *
 * @throws RootAccessError `refused` for `strip` when the policy has parts that the evaluator does not know
 * @see docs/what-locks.md
 * @example planUnlock(target, policyText, "strip").locks.map(({ name }) => name)
 */
export function planUnlock(target: Target, policyText: string | undefined, strategy: UnlockStrategy): PolicyPlan {
  if (policyText === undefined) return { strategy, change: { kind: "leave" }, locks: [], stays: [] };
  const found = lockOutOf(target, policyText);
  if ("notUnderstood" in found) {
    if (strategy === "delete") return { strategy, change: { kind: "delete" }, locks: [], stays: [] };
    throw new RootAccessError({
      reason: "refused",
      what: `The policy of ${target.arn} has parts that this command does not know: ${found.notUnderstood}`,
      effect: "Nothing has been changed.",
      next: "Delete the whole policy (--strategy delete) and put a corrected one in its place.",
    });
  }
  const { locks, stays, remedy } = found;
  return { strategy, change: locks.length > 0 && strategy === "delete" ? { kind: "delete" } : remedy, locks, stays };
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
): boolean {
  if (change.kind !== "put") return now === undefined;
  if (now === undefined) return false;
  if (strategy === "replace") return now !== before || saysTheSame(now, change.policyText);
  if (now === before) return false;
  return planUnlock(target, now, strategy).change.kind === "leave";
}

/** @returns why the policy cannot be judged, where it has parts that the evaluator does not know */
export function lockOutOf(
  { arn, accountId }: Target,
  policyText: string,
): ReturnType<typeof findLockOut> | { readonly notUnderstood: string } {
  try {
    return findLockOut({ policyText, resource: arn, ownerAccountId: accountId, at: new Date() });
  } catch (error) {
    if (error instanceof MalformedPolicyError) return { notUnderstood: error.message };
    throw error;
  }
}
