import { setTimeout as pause } from "node:timers/promises";
import type { AccountId, TaskName } from "#iam";
import { type AwsAccess, fetchAhead } from "../aws/aws-access.ts";
import { iamClient, organizationsClient } from "../aws/aws-clients.ts";
import { type CallerIdentity, identifyPossibleCaller } from "../caller.ts";
import { patientWith } from "../aws/patience.ts";
import { RootAccessError } from "../root-access-error.ts";
import { type AccountPlace, findAccountPlace } from "./account-place.ts";
import { callerCheck } from "./caller-check.ts";
import { type Check, check } from "./check.ts";
import { featuresCheck } from "./features-check.ts";
import { policiesCheck } from "./policies-check.ts";
import { targetCheck } from "./target-check.ts";

export interface PreflightQuestion {
  readonly breakGlass: AwsAccess;
  readonly accountId: AccountId;
  readonly task: TaskName;
  /** Which of the task's actions the session cannot do without. */
  readonly mustDo: readonly string[];
  /** Done while credentials and answers are waited for. Whether it fails, does not matter here. */
  readonly meanwhile?: () => Promise<unknown>;
  readonly signal?: AbortSignal | undefined;
}

export interface Preflight {
  readonly caller: CallerIdentity;
  readonly checks: readonly Check[];
  /** Where the target is in the organization, as far as it could be looked for. */
  readonly place: AccountPlace | undefined;
}

/**
 * Who am I, and may I: everything that can be known before a root session is opened, asked side by side. It needs no more
 * than BreakGlassAssumeRoot; what may not be asked is `not checked`, which neither passes nor stops.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 3, 7 and 8.
 *
 * @throws RootAccessError where the caller cannot be identified, or is a root user
 * @example for (const found of (await preflight(question)).checks) console.error(checkSentence(found));
 */
export async function preflight(question: PreflightQuestion): Promise<Preflight> {
  const { breakGlass, accountId, task, signal } = question;
  await fetchAhead(breakGlass);
  const [organizations, iam] = await Promise.all([
    organizationsClient(breakGlass, patientWith(signal)),
    iamClient(breakGlass, patientWith(signal)),
  ]);
  const caller = identifyPossibleCaller(breakGlass, signal);
  const find = once((ended) => findAccountPlace(organizations, accountId, ended));
  const policies = { ...question, region: breakGlass.region, find };
  const looks = [
    callerCheck(organizations, caller),
    featuresCheck(iam, task),
    targetCheck(accountId, find),
    policiesCheck(organizations, "SERVICE_CONTROL_POLICY", policies),
    policiesCheck(organizations, "RESOURCE_CONTROL_POLICY", policies),
  ];
  const asked = Promise.all([caller, ...looks.map((look) => check(look, signal))]);
  void pause(untilAskedMilliseconds)
    .then(question.meanwhile)
    .catch(() => undefined);
  const [identity, ...checks] = await asked;
  const place = await find(signal ?? new AbortController().signal).catch(() => undefined);
  return { caller: identity, checks, place };
}

const untilAskedMilliseconds = 1;

/** @throws RootAccessError for the first check that does not hold, the others in the same breath */
export function stopAtWhatDoesNotHold(checks: readonly Check[]): void {
  const [first, ...others] = checks.filter((found) => found.state === "does not hold");
  if (first === undefined) return;
  throw new RootAccessError({
    reason: "not-authorized",
    what: [first, ...others].map(({ what }) => what).join(" "),
    effect: "No root session has been opened, nothing has been changed.",
    next: [...new Set([first, ...others].map(({ next }) => next))].join(" "),
  });
}

/** Several checks need the account's place; it is looked for once. */
function once(find: (signal: AbortSignal) => Promise<AccountPlace | undefined>) {
  let place: Promise<AccountPlace | undefined> | undefined;
  return (signal: AbortSignal): Promise<AccountPlace | undefined> => (place ??= find(signal));
}
