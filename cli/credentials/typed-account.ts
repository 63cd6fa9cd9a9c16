import { fitted } from "../columns.ts";
import { CommandError, exitCode, nothingChanged } from "../exit-code.ts";
import { typed } from "../question.ts";
import type { Terminal } from "../terminal.ts";

/** An account as somebody may call it who types its id or its name. */
export interface NamedAccount {
  readonly id: string;
  readonly name?: string | undefined;
}

/**
 * Asks for the account's id or name, so that nobody agrees without having read which account it is.
 *
 * @param what completes "To …, type its id": `delete the root credentials of 333333333333`
 */
export async function isTyped(account: NamedAccount, what: string): Promise<boolean> {
  const name = account.name === undefined ? "" : ` or ${fitted(account.name, 50)}`;
  const answer = await typed({ message: `To ${what}, type its id${name}:` });
  return answer !== undefined && isNameOf(account, answer);
}

/** @example isNameOf({ id: "333333333333", name: "Orders" }, " Orders ") // true */
export function isNameOf({ id, name }: NamedAccount, answer: string): boolean {
  return answer.trim() !== "" && [id, name].includes(answer.trim());
}

/** Said before anything is sent: the question would come when root sessions have been opened already. */
export function checkSomebodyCanType({ interactive }: Terminal, { yes, dryRun }: ConfirmationFlags): void {
  if (yes || dryRun || interactive) return;
  throw new CommandError(exitCode.usage, {
    what: "this has to be confirmed by typing the account's id or name, and nobody can be asked here.",
    effect: nothingChanged,
    next: "To go on, add --yes, or --dry-run to see what would change.",
  });
}

export interface ConfirmationFlags {
  readonly yes: boolean;
  readonly dryRun: boolean;
}
