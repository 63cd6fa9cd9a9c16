import { createHash } from "node:crypto";
import type { Outcome } from "../clients/client.ts";

/**
 * An outcome in the form in which those of several clients are equal when the clients were told the same: without what
 * every organization makes anew (keys, ids, times, ports), without empty lists, which some clients leave out, and
 * without the words that a client itself finds for a refusal that came without a body.
 */
export function alike(outcome: Outcome, call: string): unknown {
  if ("answer" in outcome) return { answer: masked(outcome.answer) };
  if (/:Head/.test(call) && "refusal" in outcome) return { refusal: { status: outcome.refusal.status } };
  return masked(outcome);
}

function masked(value: unknown): unknown {
  if (typeof value === "string") return maskedText(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => !isEmpty(member));
  return Object.fromEntries(
    members
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, madeAnew.has(name) ? "<made anew>" : masked(member)]),
  );
}

/** Members whose texts have no form that would give them away. */
const madeAnew = new Set([
  "SecretAccessKey",
  "SessionToken",
  "NextToken",
  "NextMarker",
  "Marker",
  "ContinuationToken",
  "NextContinuationToken",
  "ReceiptHandle",
  "UploadId",
  "CloudTrailEvent",
]);

const forms = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, "<time>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<id>"],
  [/\b(AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16,17}\b/g, "$1<id>"],
  [/\b(p|ps)-[a-z0-9]{8,}\b/g, "$1-<id>"],
  [/\bps-[0-9a-f]{16}\b/g, "ps-<id>"],
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>"],
] as const;

const longestText = 5000;

function maskedText(text: string): string {
  if (text.length > longestText) return `${text.length} characters, ${createHash("sha256").update(text).digest("hex")}`;
  return forms.reduce((masking, [form, name]) => masking.replaceAll(form, name), text);
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
