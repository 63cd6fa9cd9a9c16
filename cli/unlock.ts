import { confirm, isCancel } from "@clack/prompts";
import {
  defaultBackupFolder,
  localFolder,
  parseBucketTarget,
  parseQueueTarget,
  type Target,
  unlock,
  type UnlockProposal,
  type UnlockResult,
  type UnlockStrategy,
} from "#root-access";
import { connect, type ConnectionFlags } from "./connection.ts";
import { CommandError, exitCode } from "./exit-code.ts";
import { interruptible } from "./interruption.ts";
import { type ReasonFlags, recordedReason } from "./recorded-reason.ts";
import { withExitCodes } from "./root-access-outcome.ts";
import { shownPath } from "./shown-path.ts";
import type { Terminal } from "./terminal.ts";
import { unlockPlanText } from "./unlock-plan-text.ts";

export interface UnlockFlags extends ConnectionFlags, ReasonFlags {
  readonly account?: string;
  readonly strategy: UnlockStrategy;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: "table" | "json";
}

/** `break-glass unlock s3|sqs`: removes what locks a resource, through a root session, after a backup. */
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
    checkSomebodyCanConfirm(terminal, target, flags);
    const result = await interruptible((signal) =>
      unlock({
        target,
        breakGlass,
        backupFolder: defaultBackupFolder(),
        recordFolder: localFolder("records"),
        why: recordedReason(flags),
        onNote: terminal.note,
        strategy: flags.strategy,
        dryRun: flags.dryRun,
        ...(flags.yes ? {} : { confirm: (proposal: UnlockProposal) => confirmed(terminal, target, proposal) }),
        signal,
        onStep: (step, state, milliseconds) => {
          if (state === "started") terminal.status(`        ${step} …`);
          else terminal.note(`${terminal.colours.dim(`${(milliseconds / 1000).toFixed(2).padStart(5)} s`)} ${step}`);
        },
      }),
    );
    terminal.result(flags.output === "json" ? JSON.stringify(result, undefined, 2) : sentence(result));
  });
}

/** Said before anything is sent: a question that nobody can answer would come when the session is open already. */
function checkSomebodyCanConfirm(terminal: Terminal, target: Target, { yes, dryRun }: UnlockFlags): void {
  if (yes || dryRun || terminal.interactive) return;
  throw new CommandError(
    exitCode.usage,
    `the unlock of ${target.arn} in account ${target.accountId} has to be confirmed, and nobody can be asked here: add --yes, or --dry-run to see what would change. Nothing has been changed.`,
  );
}

async function confirmed(terminal: Terminal, target: Target, proposal: UnlockProposal): Promise<boolean> {
  terminal.note(`\n${unlockPlanText(terminal, proposal)}\n`);
  const { plan, backup } = proposal;
  const what = plan.change.kind === "put" ? "Put the policy without what locks" : "Delete the whole policy";
  const message = `${what}: ${target.arn} in account ${target.accountId}? The backup is ${shownPath(backup)}.`;
  const answer = await confirm({ message, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}

function sentence({ outcome, target, plan, backup }: UnlockResult): string {
  const names = (plan?.locks ?? []).map(({ name }) => name).join(", ");
  const whole = plan?.change.kind === "delete";
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
      return whole
        ? `${target.arn} is unlocked. Its policy is kept in ${backup ?? "no file"}; put a corrected one in its place.`
        : `${target.arn} is unlocked: ${names} is gone from its policy. The policy as it was is kept in ${backup ?? "no file"}.`;
  }
}
