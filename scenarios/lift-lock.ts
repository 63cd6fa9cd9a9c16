import { awsErrorCode, defaultBackupFolder, localFolder, policyOf, type Target, unlock, waitFor } from "#root-access";
import { isDeniedByResourcePolicy } from "./answers.ts";
import type { DrillParties } from "./drill.ts";

/**
 * Removes a drill resource's policy through AssumeRoot and waits until the ordinary principal is no longer denied: a
 * queue's attributes take up to 60 s to have their effect (docs/aws-behaviour.md, section 6).
 *
 * @throws RootAccessError as `unlockBucket` and `unlockQueue` do
 */
export async function liftLock(
  target: Target,
  { owner, breakGlass }: DrillParties,
  signal?: AbortSignal,
): Promise<void> {
  const folders = { backupFolder: defaultBackupFolder(), recordFolder: localFolder("records") };
  await unlock({ target, breakGlass, ...folders, why: { reason: "drill" }, strategy: "delete", signal });
  const asOwner = await policyOf(owner, target, signal);
  await waitFor({
    waitingFor: `${owner.label} to get into ${target.kind} ${target.name} again`,
    look: async () => {
      try {
        await asOwner.read();
      } catch (error) {
        if (isDeniedByResourcePolicy(error)) return { instead: "its policy still denies" };
        if (awsErrorCode(error) === undefined) throw error;
      }
      return { found: true };
    },
    deadlineMilliseconds: 180_000,
    signal,
  });
}
