import { readFile } from "node:fs/promises";
import {
  type PolicyChangeRequest,
  putPolicy,
  type PutPolicyResult,
  type Target,
  unlock,
  type UnlockResult,
  type UnlockStrategy,
} from "#root-access";
import { CommandError, exitCode } from "./exit-code.ts";
import { interruptible } from "./interruption.ts";
import { type PolicyChangeFlags, policyChangeRequest, verificationSentence } from "./policy-change.ts";
import { withExitCodes } from "./root-access-outcome.ts";
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
    terminal.result(flags.output === "json" ? JSON.stringify(result, undefined, 2) : told);
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
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(exitCode.usage, `--policy: ${path} cannot be read: ${why}. Nothing has been changed.`);
  }
}

function unlockSentence(result: UnlockResult): string {
  const { outcome, target, plan, backup = "no file" } = result;
  const names = plan.locks.map(({ name }) => name).join(", ");
  const whole = plan.change.kind === "delete";
  switch (outcome) {
    case "already-unlocked":
      return `${target.arn} has no policy: nothing locks it, nothing has been changed.`;
    case "not-locked":
      return `${target.arn} is not locked: its policy lets the account's administrators in. Nothing has been changed.`;
    case "would-unlock":
      return whole
        ? `${target.arn} would be unlocked by deleting its whole policy (what locks: ${names}). Nothing has been changed.`
        : `${target.arn} would be unlocked by removing ${names} from its policy. Nothing has been changed.`;
    case "unlocked":
      return `${target.arn} is unlocked${whole ? "" : `: ${names} is gone from its policy`}.${verificationSentence(result.verification)} ${
        whole
          ? `Its policy is kept in ${backup}; put a corrected one in its place: break-glass unlock ${verbOf(target)} ${target.arn} --policy FILE.`
          : `The policy as it was is kept in ${backup}.`
      }`;
  }
}

function verbOf({ kind }: Target): string {
  return kind === "bucket" ? "s3" : "sqs";
}

/** What became of a policy that was put, or put back. */
export function replacementSentence({ outcome, target, backup, verification }: PutPolicyResult): string {
  switch (outcome) {
    case "in-place-already":
      return `${target.arn} has this policy already. Nothing has been changed.`;
    case "would-replace":
      return `${target.arn} would get this policy. Nothing has been changed.`;
    case "replaced": {
      const kept = backup === undefined ? "It had none before." : `The policy as it was is kept in ${backup}.`;
      return `${target.arn} has this policy now.${verificationSentence(verification)} ${kept}`;
    }
  }
}
