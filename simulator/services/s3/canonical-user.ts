import { createHash } from "node:crypto";
import type { Owner } from "@aws-sdk/client-s3";

/** S3 names accounts by a canonical user id of 64 hexadecimal digits. */
export function canonicalUser(accountId: string): Owner & { readonly ID: string } {
  return { ID: createHash("sha256").update(`canonical user ${accountId}`).digest("hex") };
}
