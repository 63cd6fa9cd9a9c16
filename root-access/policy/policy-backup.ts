import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { localFolder, makePrivateFolder, syncFolder } from "../local-folder.ts";
import { RootAccessError } from "../root-access-error.ts";
import type { Target } from "./target.ts";

/** A resource's policy as it was before it was removed: the content of a backup file. */
export interface PolicyBackup {
  /** Form 1, of earlier versions, has no `whole`. */
  readonly format: "aws-break-glass/policy-backup/1" | "aws-break-glass/policy-backup/2";
  readonly kind: Target["kind"];
  readonly resource: string;
  readonly accountId: string;
  readonly region: string;
  /** When the backup was taken, ISO 8601 in UTC. */
  readonly takenAt: string;
  /** ARN of the principal that opened the root session. */
  readonly caller: string;
  /** Of the UTF-8 bytes of `policy`, in lower-case hexadecimal. */
  readonly sha256: string;
  /** The policy's text, exactly as AWS gave it. */
  readonly policy: string;
  /** See `backupHash`: that a backup goes back to the resource it was taken of is as much a part of it as the policy. */
  readonly whole?: string;
}

/** Where backups go: the folder that `BREAK_GLASS_BACKUPS` names, or see `localFolder`. */
export function defaultBackupFolder(): string {
  const named = process.env["BREAK_GLASS_BACKUPS"];
  return named ? resolve(named) : localFolder("backups");
}

/** Makes the folder, for its owner alone, before anything is at stake. */
export async function prepareBackupFolder(folder: string): Promise<void> {
  try {
    await makePrivateFolder(folder);
  } catch (error) {
    throw notKept(folder, error);
  }
}

/** SHA-256 of a policy's UTF-8 bytes, in lower-case hexadecimal. */
export function policyHash(policyText: string): string {
  return createHash("sha256").update(policyText, "utf8").digest("hex");
}

/** SHA-256 of all that a backup says, as a JSON list of its members in this order, in lower-case hexadecimal. */
export function backupHash(backup: Omit<PolicyBackup, "format" | "sha256" | "whole">): string {
  const { kind, resource, accountId, region, takenAt, caller, policy } = backup;
  return policyHash(JSON.stringify([kind, resource, accountId, region, takenAt, caller, policy]));
}

/**
 * Writes a backup and returns only when file and folder have reached the disk.
 *
 * @returns the path of the file
 * @throws RootAccessError `refused`: without a backup nothing may be removed
 */
export async function keepPolicyBackup(
  folder: string,
  taken: Omit<PolicyBackup, "format" | "sha256" | "whole">,
): Promise<string> {
  const hashes = { sha256: policyHash(taken.policy), whole: backupHash(taken) };
  const backup: PolicyBackup = { format: "aws-break-glass/policy-backup/2", ...taken, ...hashes };
  const path = join(folder, fileName(backup));
  try {
    await writeDurably(path, `${JSON.stringify(backup, undefined, 2)}\n`);
    await syncFolder(folder);
  } catch (error) {
    throw notKept(path, error);
  }
  return path;
}

/** `bucket-orders-20261124T031500123Z-1a2b3c4d.json`: sorts by time within a resource and never meets another one. */
function fileName({ kind, resource, takenAt, sha256 }: PolicyBackup): string {
  const name = resource.slice(resource.lastIndexOf(":") + 1);
  return `${kind}-${name}-${takenAt.replace(/[-:.]/g, "")}-${sha256.slice(0, 8)}.json`;
}

/** What could not be written whole is no backup: nothing of it stays. */
async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

function notKept(path: string, error: unknown): RootAccessError {
  return new RootAccessError({
    reason: "refused",
    what: `The backup could not be written to ${path}: ${error instanceof Error ? error.message : String(error)}.`,
    effect: "Nothing has been changed.",
    next: "Name a folder that can be written to by --backups FOLDER, or by the variable BREAK_GLASS_BACKUPS; no policy is removed without a backup.",
  });
}
