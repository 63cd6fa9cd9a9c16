import { readFile } from "node:fs/promises";
import { z } from "zod";
import { backupHash, defaultBackupFolder, type PolicyBackup, policyHash } from "./policy-backup.ts";
import { RootAccessError } from "../root-access-error.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const firstForm = z.strictObject({
  format: z.literal("aws-break-glass/policy-backup/1"),
  kind: z.enum(["bucket", "queue"]),
  resource: z.string().startsWith("arn:"),
  accountId: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  takenAt: z.iso.datetime(),
  caller: z.string(),
  sha256,
  policy: z.string(),
});

/** Whatever was taken by an earlier version can be put back, too. */
const policyBackupSchema: z.ZodType<PolicyBackup> = z.discriminatedUnion("format", [
  firstForm,
  firstForm.extend({ format: z.literal("aws-break-glass/policy-backup/2"), whole: sha256 }),
]);

/**
 * Reads a backup and makes sure that its policy is the one that was backed up, and that it is of the resource it names. Of a
 * backup of the first form only the policy can be checked.
 *
 * @throws RootAccessError `usage` for a file that is not there or is no backup; `refused` for one that is damaged
 * @example const { resource, policy } = await readPolicyBackup(path);
 */
export async function readPolicyBackup(path: string): Promise<PolicyBackup> {
  const content = parsedJson(path, await textOf(path));
  if (!hasFormat(content)) {
    throw notUsable("usage", `${path} is not a backup of this command.`, whereBackupsAre());
  }
  const { data: backup, error } = policyBackupSchema.safeParse(content);
  if (backup === undefined) {
    const [issue] = error.issues;
    const where = issue?.path.join(".") ?? "";
    throw damaged(path, where === "" ? (issue?.message ?? "") : `${where}: ${issue?.message ?? ""}`);
  }
  if (policyHash(backup.policy) !== backup.sha256) {
    throw damaged(path, "its policy is not the one that was backed up, by its hash");
  }
  if (backup.whole !== undefined && backupHash(backup) !== backup.whole) {
    throw damaged(path, "its resource, account, Region, time or caller is not what was backed up, by its hash");
  }
  return backup;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw notUsable("usage", `The backup ${path} cannot be read: ${why}.`, whereBackupsAre());
  }
}

function whereBackupsAre(): string {
  return `Backups are kept in ${defaultBackupFolder()}.`;
}

function parsedJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(path, "it is not JSON, or not all of it is there");
  }
}

function hasFormat(content: unknown): boolean {
  return (
    typeof content === "object" &&
    content !== null &&
    "format" in content &&
    /^aws-break-glass\/policy-backup\/[12]$/.test(String(content.format))
  );
}

function damaged(path: string, how: string): RootAccessError {
  const next = "Take another backup of the resource, or put a policy of your own with unlock --policy FILE.";
  return notUsable("refused", `The backup ${path} is damaged: ${how}.`, next);
}

function notUsable(reason: "usage" | "refused", what: string, next: string): RootAccessError {
  return new RootAccessError({ reason, what, effect: "Nothing has been changed.", next });
}
