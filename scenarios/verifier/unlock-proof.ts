import { unlock, type UnlockRequest, type UnlockStep, type Target } from "#root-access";
import { type Finding, findingFrom, notShown, type ProofLog } from "./proofs.ts";

/** The steps of an unlock as claims, in their order. */
const claims: Readonly<Record<UnlockStep, string>> = {
  "caller and target checked": "AWS knows the break-glass principal, and nothing is in its way",
  "backup folder ready": "there is a place for the backup",
  "root session opened": "AssumeRoot opens a session for the matching task",
  "session is the member's root": "AWS names the session as the member account's root user",
  "policy read": "the session reads the policy that locks",
  "policy backed up": "the policy is backed up on disk",
  "policy written": "the session removes the policy",
  "change confirmed": "the session sees that the policy is gone",
};

export const unlockClaims: readonly string[] = Object.values(claims);

/**
 * Unlocks by the same walk as `break-glass unlock`, each of its steps a proof.
 *
 * @returns the backup's path, or `undefined` when the walk did not come through
 */
export async function proveUnlock(
  request: Omit<UnlockRequest<Target>, "onStep">,
  log: ProofLog,
): Promise<string | undefined> {
  const under: { way?: { readonly claim: string; readonly end: (finding: Finding) => boolean } } = {};
  const onStep = (step: UnlockStep, state: "started" | "done"): void => {
    if (state === "started") under.way = { claim: claims[step], end: log.begin(claims[step]) };
    else under.way?.end({ holds: true });
  };
  const endWith = (finding: Finding, claim: string): void => {
    under.way?.end(finding);
    const recorded = new Set(log.proofs.map((proof) => proof.claim));
    const open = unlockClaims.filter((other) => !recorded.has(other));
    log.leaveOut(open, notShown(claim));
  };

  try {
    const { backup } = await unlock({ ...request, strategy: "delete", onStep });
    if (backup !== undefined) return backup;
    onStep("policy backed up", "started");
    endWith({ holds: false, why: "there was no policy that locks" }, claims["policy backed up"]);
  } catch (error) {
    if (under.way === undefined) throw error;
    endWith(findingFrom(error), under.way.claim);
  }
  return undefined;
}
