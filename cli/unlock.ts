import { confirm, isCancel } from "@clack/prompts";
import {
  defaultBackupFolder,
  parseBucketTarget,
  parseQueueTarget,
  type Target,
  unlockBucket,
  unlockQueue,
  type UnlockResult,
} from "#root-access";
import { connect, type ConnectionFlags } from "./connection.ts";
import { CommandError, exitCode } from "./exit-code.ts";
import { interruptible } from "./interruption.ts";
import { withExitCodes } from "./root-access-outcome.ts";
import type { Terminal } from "./terminal.ts";

export interface UnlockFlags extends ConnectionFlags {
  readonly account?: string;
  readonly yes: boolean;
  readonly output: "table" | "json";
}

/** `break-glass unlock s3|sqs`: removes the policy that locks a resource, through a root session, after a backup. */
export async function runUnlock(
  terminal: Terminal,
  kind: "s3" | "sqs",
  text: string,
  flags: UnlockFlags,
): Promise<void> {
  await withExitCodes(async () => {
    const whereabouts = { accountId: flags.account, region: flags.region };
    const target = kind === "s3" ? parseBucketTarget(text, whereabouts) : parseQueueTarget(text, whereabouts);
    const breakGlass = await connect({ ...flags, ...(target.region === undefined ? {} : { region: target.region }) });
    await confirmed(terminal, target, flags);
    const result = await interruptible((signal) => {
      const request = {
        breakGlass,
        backupFolder: defaultBackupFolder(),
        signal,
        onStep: (step: string, state: string, milliseconds: number): void => {
          if (state === "started") terminal.status(`        ${step} …`);
          else terminal.note(`${terminal.colours.dim(`${(milliseconds / 1000).toFixed(2).padStart(5)} s`)} ${step}`);
        },
      };
      return target.kind === "bucket" ? unlockBucket({ ...request, target }) : unlockQueue({ ...request, target });
    });
    terminal.result(flags.output === "json" ? JSON.stringify(result, undefined, 2) : sentence(result));
  });
}

async function confirmed(terminal: Terminal, target: Target, { yes }: UnlockFlags): Promise<void> {
  if (yes) return;
  const question = `Remove the whole policy of ${target.arn} in account ${target.accountId}? A backup is kept.`;
  if (!terminal.interactive) {
    throw new CommandError(
      exitCode.usage,
      `${question} Nobody can be asked here: add --yes to say so. Nothing has been changed.`,
    );
  }
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  if (isCancel(answer) || !answer) throw new CommandError(exitCode.cancelled, "cancelled. Nothing has been changed.");
}

function sentence({ outcome, target, backup }: UnlockResult): string {
  if (outcome === "already-unlocked") return `${target.arn} has no policy: nothing locks it, nothing has been changed.`;
  return `${target.arn} is unlocked. Its policy is kept in ${backup ?? "no file"}; put a corrected one in its place.`;
}
