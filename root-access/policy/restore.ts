import type { PolicyChangeRequest } from "./policy-change.ts";
import type { PolicyBackup } from "./policy-backup.ts";
import { putPolicy, type PutPolicyResult } from "./put-policy.ts";
import { parseBucketTarget, parseQueueTarget, type Target } from "./target.ts";

export interface RestoreRequest extends Omit<PolicyChangeRequest, "target"> {
  /** See `readPolicyBackup`. */
  readonly backup: PolicyBackup;
}

/**
 * Puts a policy back as it was backed up. What is there now is backed up before; a policy that would lock again is refused
 * unless forced.
 *
 * @throws RootAccessError as `putPolicy` does
 * @example await restore({ backup: await readPolicyBackup(path), breakGlass, backupFolder, recordFolder })
 */
export function restore({ backup, ...request }: RestoreRequest): Promise<PutPolicyResult> {
  return putPolicy({ ...request, target: targetOf(backup), policyText: backup.policy, verb: "restore" });
}

/** The bucket or queue that a backup is of. */
export function targetOf({ kind, resource, accountId, region }: PolicyBackup): Target {
  return kind === "bucket"
    ? parseBucketTarget(resource, { accountId, region })
    : parseQueueTarget(resource, { accountId, region });
}
