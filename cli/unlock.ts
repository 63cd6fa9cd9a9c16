import {
  type PolicyChangeRequest,
  putPolicy,
  type PutPolicyResult,
  type Target,
  unlock,
  type UnlockResult,
  type UnlockStrategy,
} from "#root-access";
import { CommandError, exitCode, nothingChanged } from "./exit-code.ts";
import { fileText } from "./file-text.ts";
import { interruptible } from "./interruption.ts";
import { type PolicyChangeFlags, policyChangeRequest, verificationSentence } from "./policy-change.ts";
import { withExitCodes } from "./root-access-outcome.ts";
import { tell } from "./sentences.ts";
import { resolveTarget } from "./target-question.ts";
import type { Terminal } from "./terminal.ts";

export interface UnlockFlags extends PolicyChangeFlags {
  readonly account?: string;
  readonly strategy: UnlockStrategy;
  /** A file whose policy is to be put in place of the one that locks. */
  readonly policy?: string;
}

/** `break-glass unlock s3|sqs`: removes what locks a resource, through a root session, after a backup. */
export async function runUnlock(
  terminal: Terminal,
  kind: "s3" | "sqs",
  text: string,
  flags: UnlockFlags,
): Promise<void> {
  await withExitCodes(async () => {
    const policyText = flags.policy === undefined ? undefined : await policyIn(flags.policy);
    const target = await resolveTarget(terminal, kind, text, { accountId: flags.account, region: flags.region });
    const request = await policyChangeRequest(terminal, target, flags);
    const { result, told } = await interruptible((signal) => change({ ...request, signal }, flags, policyText));
    if (flags.output === "json") terminal.result(JSON.stringify(result, undefined, 2));
    else tell(terminal, told);
  });
}

async function change(request: PolicyChangeRequest, { strategy }: UnlockFlags, policyText: string | undefined) {
  if (policyText === undefined) {
    const result = await unlock({ ...request, strategy });
    return { result, told: unlockSentence(result) };
  }
  const result = await putPolicy({ ...request, policyText });
  return { result, told: replacementSentence(result) };
}

async function policyIn(path: string): Promise<string> {
  const text = await orUsage(`${path} cannot be read`, () => fileText(path));
  const content: unknown = await orUsage(`${path} is not JSON`, (): unknown => JSON.parse(text));
  if (typeof content !== "object" || content === null || "Statement" in content || !("Policy" in content)) return text;
  throw new CommandError(exitCode.usage, {
    what: `--policy: ${path} is what get-bucket-policy or get-queue-attributes printed, with the policy as a text in it.`,
    effect: nothingChanged,
    next: `Give the policy itself: jq -r .Policy ${path}`,
  });
}

async function orUsage<Value>(what: string, read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(exitCode.usage, { what: `--policy: ${what}: ${why}.`, effect: nothingChanged });
  }
}

function unlockSentence(result: UnlockResult): string {
  const { outcome, target, plan, backup = "no file" } = result;
  const names = plan.locks.map(({ name }) => name).join(", ");
  const whole = plan.change.kind === "delete";
  switch (outcome) {
    case "already-unlocked":
      return `${target.arn} has no policy: nothing locks it, nothing has been changed.${unlessJustLocked(target)}`;
    case "not-locked":
      return `${target.arn} is not locked: its policy lets ${plan.letsIn ?? "the account's administrators"} in. Nothing has been changed.${unlessJustLocked(target)}`;
    case "would-unlock":
      return whole
        ? `${target.arn} would be unlocked by deleting its whole policy (what locks: ${names}). Nothing has been changed.`
        : `${target.arn} would be unlocked by removing ${names} from its policy. Nothing has been changed.`;
    case "unlocked":
      return `${target.arn} is unlocked${whole ? "" : `: ${names} is gone from its policy`}.${verificationSentence(result.verification)} ${
        whole
          ? `Its whole policy is deleted, and kept in ${backup}; put a corrected one in its place: ${commandFor(target)} --policy FILE.`
          : `The policy as it was is kept in ${backup}.`
      }`;
  }
}

/** What is read of a queue may be a minute old (docs/aws-behaviour.md, section 6). */
function unlessJustLocked({ kind }: Target): string {
  return kind === "bucket"
    ? ""
    : " SQS shows a change up to a minute late: if it was locked only now, run this again in a minute.";
}

/** A queue's ARN says whose it is; a bucket's does not. */
function commandFor({ kind, arn, accountId }: Target): string {
  return kind === "bucket" ? `break-glass unlock s3 ${arn} --account ${accountId}` : `break-glass unlock sqs ${arn}`;
}

/** What became of a policy that was put, or put back. */
export function replacementSentence({ outcome, target, backup, verification, lockedBy }: PutPolicyResult): string {
  const locks =
    lockedBy.length === 0 ? "" : ` It locks: ${lockedBy.join(", ")} keeps the account's administrators out.`;
  switch (outcome) {
    case "in-place-already":
      return `${target.arn} has this policy already.${locks} Nothing has been changed.`;
    case "would-replace":
      return `${target.arn} would get this policy.${locks} Nothing has been changed.`;
    case "replaced": {
      const kept = backup === undefined ? "It had none before." : `The policy as it was is kept in ${backup}.`;
      return `${target.arn} has this policy now.${locks}${verificationSentence(verification)} ${kept}`;
    }
  }
}
