import { z } from "zod";
import { isRead } from "../read-operations.ts";
import { faultKinds, type FaultPlan, FaultPlanError, type FaultRule } from "./fault-plan.ts";
import { problemOfNames } from "./known-names.ts";

const twelveDigits = "must be a 12-digit account id in quotation marks";

const ruleMembers = {
  fault: z.enum(faultKinds, { error: `must be one of ${faultKinds.join(", ")}` }),
  service: z.string({ error: "must be a service's name in quotation marks" }).optional(),
  operation: z.string({ error: "must be an operation's name in quotation marks" }).optional(),
  account: z
    .string({ error: twelveDigits })
    .regex(/^\d{12}$/, { error: twelveDigits })
    .optional(),
  calls: z
    .array(z.int({ error: "must be a whole number" }).positive({ error: "must be counted from 1" }), {
      error: "must be a list of numbers",
    })
    .min(1, { error: "must name a call; leave it out for all of them" })
    .optional(),
  probability: numberBetween(0, 1).optional(),
  milliseconds: numberBetween(0, 600_000).optional(),
  perSecond: numberBetween(0.1, 10_000).optional(),
};

const ruleSchema = z
  .strictObject(ruleMembers, { error: refuseOthers("a rule", Object.keys(ruleMembers)) })
  .superRefine((rule, context) => {
    const { member, message } = problemOfNames(rule.service, rule.operation) ?? problemOfKind(rule) ?? {};
    if (member !== undefined) context.addIssue({ code: "custom", path: [member], message });
  });

const planMembers = {
  seed: z.int({ error: "must be a whole number" }).default(1),
  rules: z.array(ruleSchema, { error: "must be a list of rules" }),
};

const planSchema = z.strictObject(planMembers, { error: refuseOthers("a plan", Object.keys(planMembers)) });

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

/** What a kind of fault does nothing with is refused rather than passed over. */
function problemOfKind({
  fault,
  operation,
  milliseconds,
  perSecond,
}: FaultRule): { readonly member: keyof FaultRule; readonly message: string } | undefined {
  if (milliseconds !== undefined && fault !== "slow") {
    return { member: "milliseconds", message: `only a slow answer takes some; this one is ${fault}` };
  }
  if (perSecond !== undefined && fault !== "rate-limited") {
    return { member: "perSecond", message: `only a rate limit has one; this one is ${fault}` };
  }
  if (fault === "rate-limited" && perSecond === undefined) {
    return { member: "perSecond", message: "a rate limit has to say how many requests a second it lets through" };
  }
  if (fault === "access-denied" && operation === "GetCallerIdentity") {
    return { member: "operation", message: "AWS denies GetCallerIdentity to nobody: it needs no permission" };
  }
  if (fault === "stale-read" && operation !== undefined && !isRead(operation)) {
    return { member: "operation", message: `${operation} is no read: it has no stale answer` };
  }
  return undefined;
}

function numberBetween(least: number, most: number): z.ZodNumber {
  const error = `must be a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

function refuseOthers(what: string, members: readonly string[]): z.core.$ZodErrorMap {
  return ({ code, keys }) => {
    const others = Array.isArray(keys) ? keys.map((key) => `"${String(key)}"`).join(", ") : "";
    return code === "unrecognized_keys"
      ? `there is no ${others} in it, ${what} has ${members.join(", ")}`
      : `must be an object with ${members.join(", ")}`;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FaultPlanError(`It is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
