import { z } from "zod";

/** What can go wrong on purpose. */
export const faultKinds = [
  "throttled",
  "internal-error",
  "unavailable",
  "cut-before",
  "cut-after",
  "slow",
  "stale-read",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Which requests go wrong, and how. What a rule leaves out matches everything. */
export interface FaultRule {
  readonly fault: FaultKind;
  /** `sts`, `organizations`, … as docs/sandbox.md lists them. */
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  /** The caller's account. */
  readonly account?: string | undefined;
  /** Counted from 1 over the requests that match the rest of the rule. Default: all of them. */
  readonly calls?: readonly number[] | undefined;
  /** Of the requests that are left, this share, drawn with the plan's seed. Default: all of them. */
  readonly probability?: number | undefined;
  /** How long a slow answer takes. Default 2000. */
  readonly milliseconds?: number | undefined;
}

/** A file of faults: two runs with one seed and the same requests go wrong alike. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** The plan is not one; the message says where and why, in one sentence for each thing wrong. */
export class FaultPlanError extends Error {
  override readonly name = "FaultPlanError";
}

const ruleSchema = z.strictObject({
  fault: z.enum(faultKinds, { error: `must be one of ${faultKinds.join(", ")}` }),
  service: z.string().optional(),
  operation: z.string().optional(),
  account: z
    .string()
    .regex(/^\d{12}$/, { error: "must be a 12-digit account id in quotation marks" })
    .optional(),
  calls: z.array(z.int().positive({ error: "must be counted from 1" })).optional(),
  probability: z.number().min(0).max(1, { error: "must lie between 0 and 1" }).optional(),
  milliseconds: z.int().min(0).max(600_000).optional(),
});

const planSchema = z.strictObject({ seed: z.int().default(1), rules: z.array(ruleSchema) });

/**
 * Reads a plan from its JSON text.
 *
 * @throws FaultPlanError
 * @example parseFaultPlan('{ "rules": [{ "fault": "throttled", "service": "sts", "calls": [1, 2] }] }')
 */
export function parseFaultPlan(text: string): FaultPlan {
  const parsed = planSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(
    ({ path, message }) => `${z.core.toDotPath(path) || "the plan"}: ${message}.`,
  );
  throw new FaultPlanError(sentences.join(" "));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FaultPlanError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
