import { RootAccessError } from "../root-access-error.ts";

/** What a look before the glass is broken has shown. Only `does not hold` stops: what could not be looked at never does. */
export type Check = { readonly about: string } & Finding;

export type Finding =
  | { readonly state: "holds"; readonly because: string }
  | {
      readonly state: "does not hold";
      /** One sentence: what is in the way. */
      readonly what: string;
      readonly next: string;
    }
  | {
      readonly state: "not checked";
      /** Completes "not checked: ": `needs organizations:ListRoots`. */
      readonly because: string;
    };

/** How a check comes to its finding. */
export interface Look {
  readonly about: string;
  /** Gives up when the signal does. */
  readonly look: (signal: AbortSignal) => Promise<Finding>;
  /** A responder waits no longer than this to be told what could be looked at. Default: 5 seconds. */
  readonly deadlineMilliseconds?: number;
  /** What was not done by then, and what that leaves to the person. Default: there was no answer. */
  readonly tooSlow?: string;
}

/**
 * Makes a check and always comes to a finding: denied, it names the permission that it needs; failed or too slow, it says so.
 *
 * @throws RootAccessError `cancelled` for the caller's own signal, and nothing else
 */
export async function check(
  { about, look, deadlineMilliseconds = 5_000, tooSlow = "no answer" }: Look,
  signal?: AbortSignal,
): Promise<Check> {
  const deadline = AbortSignal.timeout(deadlineMilliseconds);
  try {
    return { about, ...(await look(signal ? AbortSignal.any([signal, deadline]) : deadline)) };
  } catch (error) {
    if (signal?.aborted) throw error;
    const because = deadline.aborted ? `${tooSlow} within ${deadlineMilliseconds / 1000} s` : reasonOf(error);
    return { about, state: "not checked", because };
  }
}

/** @example "not checked: needs organizations:ListPoliciesForTarget" */
export function checkSentence(found: Check): string {
  switch (found.state) {
    case "holds":
      return `${found.about}: ${found.because}`;
    case "does not hold":
      return `${found.about}: ${found.what}`;
    case "not checked":
      return `${found.about}: not checked: ${found.because}`;
  }
}

/** Denied calls name their action, which is the permission that is missing. */
export class NeedsPermission extends Error {
  override readonly name = "NeedsPermission";
}

/** Runs a call that needs one permission; without it the check says so. */
export async function needing<Answer>(permission: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const denied = error instanceof RootAccessError && error.reason === "not-authorized";
    throw denied ? new NeedsPermission(`needs ${permission}`) : error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RootAccessError) return error.failure.what;
  return error instanceof Error ? error.message : String(error);
}
