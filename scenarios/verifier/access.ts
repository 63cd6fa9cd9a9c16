import { waitFor } from "#root-access";
import { isDeniedByResourcePolicy } from "../answers.ts";
import type { LockedCall } from "./denial.ts";
import type { Finding } from "./proofs.ts";

/**
 * Calls until the removed policy has lost its effect, or the deadline has come.
 *
 * @returns what the call answered
 * @throws RootAccessError `timed-out` while the policy still denies, or whatever else the call fails with
 */
export async function awaitAccess<Answer>(
  { action, call }: LockedCall<Answer>,
  deadlineMilliseconds: number,
  signal?: AbortSignal,
): Promise<Answer> {
  return waitFor({
    waitingFor: `${action} to be allowed again`,
    look: async () => {
      try {
        return { found: await call() };
      } catch (error) {
        if (isDeniedByResourcePolicy(error)) return { instead: "the resource's policy still denies it" };
        throw error;
      }
    },
    deadlineMilliseconds,
    signal,
  });
}

/** Everything expected has to be among what was found; what else is there is not the drill's business. */
export function allThere(what: string, expected: readonly string[], found: readonly string[]): Finding {
  const there = new Set(found);
  const missing = expected.filter((value) => !there.has(value));
  if (missing.length === 0) return { holds: true, detail: `${expected.length} of ${expected.length} ${what}` };
  return { holds: false, why: `${missing.length} of ${expected.length} ${what} are missing: ${missing.join(", ")}` };
}
