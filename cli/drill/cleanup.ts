import { describeLeftover, findLeftovers, type Leftover, removeLeftovers } from "#scenarios";
import { connect, type ConnectionFlags } from "../connection.ts";
import { CommandError, exitCode } from "../exit-code.ts";
import { interruptible } from "../interruption.ts";
import { saidYes } from "../question.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import type { Terminal } from "../terminal.ts";

export interface DrillCleanupFlags extends ConnectionFlags {
  /** Who may lift the lock of what is still locked. */
  readonly breakGlassProfile: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** `break-glass drill cleanup`: names what drills have left behind, then deletes it. */
export async function runCleanup(terminal: Terminal, flags: DrillCleanupFlags): Promise<void> {
  await withExitCodes(() =>
    interruptible(async (signal) => {
      const owner = await connect(flags);
      const leftovers = await findLeftovers(owner, undefined, signal);
      for (const leftover of leftovers) terminal.result(describeLeftover(leftover));
      if (leftovers.length === 0)
        terminal.note(`No bucket and no queue of a drill is left (${owner.label}, ${owner.region}).`);
      else if (flags.dryRun) process.exitCode = exitCode.checkDidNotHold;
      else await remove(terminal, leftovers, flags, signal);
    }),
  );
}

async function remove(
  terminal: Terminal,
  leftovers: readonly Leftover[],
  flags: DrillCleanupFlags,
  signal: AbortSignal,
): Promise<void> {
  await confirmed(terminal, leftovers.length, flags);
  await removeLeftovers({
    owner: await connect(flags),
    breakGlass: await connect({ ...flags, profile: flags.breakGlassProfile }),
    leftovers,
    onRemoved: (leftover) => {
      terminal.note(`deleted ${describeLeftover(leftover)}`);
    },
    signal,
  });
}

async function confirmed(terminal: Terminal, count: number, { yes }: DrillCleanupFlags): Promise<void> {
  if (yes) return;
  const question = `Delete ${count === 1 ? "it" : `these ${count}`}, with everything in ${count === 1 ? "it" : "them"}?`;
  if (!terminal.interactive) {
    throw new CommandError(
      exitCode.usage,
      `${question} Nobody can be asked here: add --yes to say so. Nothing has been deleted.`,
    );
  }
  if (!(await saidYes(question))) throw new CommandError(exitCode.cancelled, "cancelled. Nothing has been deleted.");
}
