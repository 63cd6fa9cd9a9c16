import { z } from "zod";

const at = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Who opened the root session. */
const who = z.strictObject({
  arn: z.string(),
  accountId: z.string(),
  /** What AWS gave with the session, where the caller's own session has one. */
  sourceIdentity: z.string().optional(),
});

/** As given by `--reason` and `--ticket`. */
const why = z.strictObject({ reason: z.string().optional(), ticket: z.string().optional() });

const what = z.strictObject({
  /** As typed: `unlock s3`, `audit`. */
  verb: z.string(),
  /** The member account; absent where a run is about many. */
  account: z.string().optional(),
  /** ARN. */
  resource: z.string().optional(),
  task: z.string().optional(),
  strategy: z.string().optional(),
  dryRun: z.literal(true).optional(),
  /** A file that says more: the journal of an audit. */
  details: z.string().optional(),
});

/** A write to AWS, or several to one root user. Hashes are SHA-256 of the policy's UTF-8 bytes; absent where there is no policy. */
const change = z.strictObject({
  policyBefore: sha256.optional(),
  policyAfter: sha256.optional(),
  /** File that holds the policy as it was. */
  backup: z.string().optional(),
  /** The member account whose root user's credentials change. */
  account: z.string().optional(),
  /** Credentials by name: `password`, `access key …OT01`. */
  deletes: z.array(z.string()).readonly().optional(),
  creates: z.array(z.string()).readonly().optional(),
});

/** A request that AWS answered. */
const request = z.strictObject({
  operation: z.string(),
  requestId: z.string(),
  /** AWS's error code; absent where the answer was a success. */
  error: z.string().optional(),
});

const result = z.discriminatedUnion("is", [
  z.strictObject({ is: z.enum(["done", "nothing to do"]), sentence: z.string().optional() }),
  z.strictObject({
    is: z.enum(["refused", "cancelled", "failed"]),
    sentence: z.string(),
    /** What is now different in AWS, or that nothing is. */
    effect: z.string().optional(),
  }),
]);

const line = { format: z.literal("aws-break-glass/record/1"), run: z.uuid(), at };

/**
 * A line of a record. `begun` is on disk before a root session is asked for, `changing` before a write is sent, `ended`
 * when the run is over and says everything again. A run without its last line was killed.
 */
export const recordLineSchema = z.discriminatedUnion("event", [
  z.strictObject({ ...line, event: z.literal("begun"), who, why, what }),
  z.strictObject({ ...line, event: z.literal("changing"), change }),
  z.strictObject({
    ...line,
    event: z.literal("ended"),
    begunAt: at,
    /** Absent where the run ended before AWS had named the caller. */
    who: who.optional(),
    why,
    what,
    changes: z.array(change).readonly(),
    requests: z.array(request).readonly(),
    /** How many requests there were beyond those that are listed. */
    moreRequests: z.int().positive().optional(),
    result,
  }),
]);

export type RecordLine = z.infer<typeof recordLineSchema>;
export type RecordedCaller = z.infer<typeof who>;
export type RecordedReason = z.infer<typeof why>;
export type RecordedSubject = z.infer<typeof what>;
export type RecordedChange = z.infer<typeof change>;
export type RecordedRequest = z.infer<typeof request>;
export type RunResult = z.infer<typeof result>;
