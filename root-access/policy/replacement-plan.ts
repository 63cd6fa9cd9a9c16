import { parsedJson, saysTheSame } from "../json-text.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { Target } from "./target.ts";
import { type KnownOfOwner, lockOutOf, type PolicyPlan } from "./unlock-plan.ts";

/**
 * Checks before anything is sent that a policy which is to be put is JSON.
 *
 * @throws RootAccessError `refused`
 */
export function checkText(policyText: string): void {
  if (parsedJson(policyText) !== undefined) return;
  throw refused("The policy that is to be put is not JSON.", "Give a policy as AWS takes it.");
}

/**
 * Checks that this kit understands a policy which is to be put, and that it lets the account's administrators in.
 *
 * @throws RootAccessError `refused`
 */
export function checkReplacement(target: Target, policyText: string, known: KnownOfOwner): void {
  const found = lockOutOf(target, policyText, known);
  if ("notUnderstood" in found) {
    const what = `The policy that is to be put has parts that this command does not know: ${found.notUnderstood}`;
    throw refused(what, "Correct it, or put it with --force.");
  }
  if (found.locks.length === 0) return;
  const names = found.locks.map(({ name }) => name).join(", ");
  throw refused(
    `The policy that is to be put would lock ${target.arn}: ${names} keeps the account's administrators out.`,
    "Put it without that by unlock --policy FILE, or as it is with --force.",
  );
}

/**
 * What putting the policy means for the one that is there.
 *
 * @throws RootAccessError `refused` where this kit does not understand the policy that is there, unless forced
 */
export function planReplacement(
  target: Target,
  before: string | undefined,
  policyText: string,
  { force, known }: { readonly force: boolean; readonly known: KnownOfOwner },
): PolicyPlan {
  const plan = { strategy: "replace", locks: [], stays: [] } as const;
  if (before === undefined) return { ...plan, change: { kind: "put", policyText } };
  if (isThere(target, before, policyText)) return { ...plan, change: { kind: "leave" } };
  const found = lockOutOf(target, before, known);
  if (!("notUnderstood" in found)) return { ...plan, locks: found.locks, change: { kind: "put", policyText } };
  if (force) return { ...plan, change: { kind: "put", policyText } };
  throw refused(
    `The policy that ${target.arn} has now has parts that this command does not know: ${found.notUnderstood}`,
    "Look at it first (--dry-run --force shows it), then replace it with --force; it is backed up in any case.",
  );
}

/** What is read of a queue may be a minute old, and another change on its way (docs/aws-behaviour.md, section 6). */
function isThere({ kind }: Target, before: string, policyText: string): boolean {
  return kind === "bucket" && saysTheSame(before, policyText);
}

function refused(what: string, next: string): RootAccessError {
  return new RootAccessError({ reason: "refused", what, effect: "Nothing has been changed.", next });
}
