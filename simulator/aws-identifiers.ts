import { randomBytes } from "node:crypto";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const lowerCase = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A new unique id as IAM makes them: `AIDA` for users and `AROA` for roles with 17 characters, `AKIA` and `ASIA` for
 * access keys with 16.
 */
export function iamId(prefix: "AIDA" | "AROA" | "AKIA" | "ASIA"): string {
  return `${prefix}${randomText(base32, prefix === "AKIA" || prefix === "ASIA" ? 16 : 17)}`;
}

/** A new id as Organizations makes them: `p-` and eight characters. */
export function policyId(): string {
  return `p-${randomText(lowerCase, 8)}`;
}

/** A secret access key: forty characters. */
export function secretAccessKey(): string {
  return randomBytes(30).toString("base64");
}

function randomText(alphabet: string, length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}
