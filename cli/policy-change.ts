import { resolve } from "node:path";
import {
  type Check,
  checkSentence,
  defaultBackupFolder,
  localFolder,
  type PolicyChangeProposal,
  type PolicyChangeRequest,
  type Target,
  type Verification,
} from "#root-access";
import { connect, type ConnectionFlags } from "./connection.ts";
import { CommandError, exitCode, nothingChanged } from "./exit-code.ts";
import { policyChangeText } from "./policy-change-text.ts";
import { saidYes } from "./question.ts";
import { type ReasonFlags, recordedReason } from "./recorded-reason.ts";
import { shownPath } from "./shown-path.ts";
import { note, noteTo } from "./sentences.ts";
import type { Terminal } from "./terminal.ts";

/** What `unlock` and `restore` have in common. */
export interface PolicyChangeFlags extends ConnectionFlags, ReasonFlags {
  readonly verifyProfile?: string;
  /** A folder for the backup, in place of the default. */
  readonly backups?: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: "table" | "json";
}

/**
 * The flags as a request: who works, who verifies, where backup and record go, how progress is shown and consent asked for.
 *
 * @throws CommandError 2 where consent is needed and nobody can be asked
 */
export async function policyChangeRequest(
  terminal: Terminal,
  target: Target,
  flags: PolicyChangeFlags,
): Promise<Omit<PolicyChangeRequest, "signal">> {
  const region = target.region === undefined ? {} : { region: target.region };
  const breakGlass = await connect({ ...flags, ...region });
  const { verifyProfile, force, dryRun, yes } = flags;
  const verifyAs =
    verifyProfile === undefined ? {} : { verifyAs: await connect({ ...region, profile: verifyProfile }) };
  checkSomebodyCanConfirm(terminal, target, flags);
  return {
    target,
    breakGlass,
    ...verifyAs,
    backupFolder: flags.backups === undefined ? defaultBackupFolder() : resolve(flags.backups),
    recordFolder: localFolder("records"),
    why: recordedReason(flags),
    force,
    dryRun,
    ...(yes ? {} : { confirm: (proposal: PolicyChangeProposal) => confirmed(target, proposal) }),
    onPlan: (proposal) => {
      terminal.note(`\n${policyChangeText(terminal, proposal)}\n`);
    },
    onStep: (step, state, milliseconds) => {
      if (state === "started") terminal.status(`        ${step} …`);
      else terminal.note(`${terminal.colours.dim(`${(milliseconds / 1000).toFixed(2).padStart(5)} s`)} ${step}`);
    },
    onChecked: (checks, caller) => {
      note(terminal, `        as ${caller.arn}`);
      for (const sentence of worthSaying(checks)) note(terminal, `        ${terminal.colours.yellow(sentence)}`);
    },
    onNote: noteTo(terminal),
  };
}

/** Whether the change has been seen by somebody whom the lock kept out, or only by the root session. */
export function verificationSentence(verification: Verification | undefined): string {
  if (verification === undefined) return "";
  return verification.by === "ordinary principal"
    ? ` Verified as ${verification.as}: AWS allows it ${verification.did}.`
    : " Verified by the root session alone; --verify-profile verifies as an ordinary principal.";
}

/** What was not checked is always said; what does not hold, too, in case that it is passed over by --force. */
function worthSaying(checks: readonly Check[]): readonly string[] {
  return checks.filter(({ state }) => state !== "holds").map(checkSentence);
}

/** Said before anything is sent: a question that nobody can answer would come when the session is open already. */
function checkSomebodyCanConfirm(terminal: Terminal, target: Target, { yes, dryRun }: PolicyChangeFlags): void {
  if (yes || dryRun || terminal.interactive) return;
  throw new CommandError(exitCode.usage, {
    what: `the change of ${target.arn} in account ${target.accountId} has to be confirmed, and nobody can be asked here.`,
    effect: nothingChanged,
    next: "To go on, add --yes, or --dry-run to see what would change.",
  });
}

async function confirmed(target: Target, proposal: PolicyChangeProposal): Promise<boolean> {
  const { plan, backup } = proposal;
  const kept = backup === undefined ? "There is no policy now." : `The backup is ${shownPath(backup)}.`;
  return saidYes(
    `${questions[plan.strategy][plan.change.kind]}: ${target.arn} in account ${target.accountId}? ${kept}`,
  );
}

const remove = "Delete the whole policy";
const questions = {
  strip: { put: "Put the policy without what locks", delete: remove, leave: "Leave the policy" },
  delete: { put: remove, delete: remove, leave: "Leave the policy" },
  replace: { put: "Put this policy in its place", delete: remove, leave: "Leave the policy" },
} as const;
