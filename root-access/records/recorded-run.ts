import { randomUUID } from "node:crypto";
import type { AwsAccess } from "../aws/aws-access.ts";
import type { CallerIdentity } from "../caller.ts";
import { type FailureReason, RootAccessError } from "../root-access-error.ts";
import { appendToRecord } from "./record-file.ts";
import type {
  RecordedCaller,
  RecordedChange,
  RecordedReason,
  RecordedRequest,
  RecordedSubject,
  RecordLine,
  RunResult,
} from "./record-line.ts";

export interface RunToRecord<Value> {
  /** See `localFolder`. */
  readonly folder: string;
  readonly what: RecordedSubject;
  readonly why?: RecordedReason | undefined;
  /** Default: done. */
  readonly resultOf?: (value: Value) => RunResult;
  /** Told in a sentence when the run is over and its last line could not be written. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** The record of a run that is under way. */
export interface RunningRecord {
  /** The same access; what AWS answers to it goes into the record. */
  readonly noting: (access: AwsAccess) => AwsAccess;
  /** On disk when it returns: call it before a root session is asked for. */
  readonly begin: (caller: CallerIdentity, more?: Pick<RecordedSubject, "details">) => Promise<void>;
  /** What AWS gave with the root session, where it gave something. */
  readonly sourceIdentity: (identity: string | undefined) => void;
  /** On disk when it returns: call it before a write is sent. */
  readonly changing: (change: RecordedChange) => Promise<void>;
}

/**
 * Runs something that opens root sessions and keeps a record of it: who, why, what, when, AWS's request ids and how it
 * ended, failures and interruptions included. Without a record no root session is opened.
 *
 * @throws RootAccessError `refused` when the record cannot be written; whatever `run` throws
 * @example
 * await recordedRun({ folder: localFolder("records"), what: { verb: "session", account, task }, why }, async (record) => {
 *   const access = record.noting(breakGlass);
 *   await record.begin(await identifyPossibleCaller(access));
 *   return openRootSession({ ...access, accountId, task });
 * });
 */
export async function recordedRun<Value>(
  { folder, what, why = {}, resultOf = () => ({ is: "done" }), onNote }: RunToRecord<Value>,
  run: (record: RunningRecord) => Promise<Value>,
): Promise<Value> {
  const format = "aws-break-glass/record/1";
  const id = randomUUID();
  const begunAt = now();
  const requests: RecordedRequest[] = [];
  const changes: RecordedChange[] = [];
  let moreRequests = 0;
  let who: RecordedCaller | undefined;
  let subject = what;

  const note = (request: RecordedRequest): void => {
    if (requests.length < mostRequests) requests.push(request);
    else moreRequests += 1;
  };
  const end = async (result: RunResult): Promise<void> => {
    const told = { ...(who ? { who } : {}), why, what: subject, changes, requests };
    const counted = moreRequests > 0 ? { moreRequests } : {};
    try {
      await appendToRecord(folder, {
        format,
        run: id,
        at: now(),
        event: "ended",
        begunAt,
        ...told,
        ...counted,
        result,
      });
    } catch (error) {
      onNote?.(`The end of this run could not be recorded in ${folder}: ${messageOf(error)}.`);
    }
  };
  const record: RunningRecord = {
    noting: (access) => ({ ...access, onAnswer: note }),
    begin: async ({ arn, accountId }, more = {}) => {
      who = { arn, accountId };
      subject = { ...what, ...more };
      await orRefused(folder, { format, run: id, at: now(), event: "begun", who, why, what: subject });
    },
    sourceIdentity: (identity) => {
      if (who && identity !== undefined) who = { ...who, sourceIdentity: identity };
    },
    changing: async (change) => {
      await orRefused(folder, { format, run: id, at: now(), event: "changing", change });
      changes.push(change);
    },
  };

  try {
    const value = await run(record);
    await end(resultOf(value));
    return value;
  } catch (error) {
    await end(resultOfFailure(error));
    throw error;
  }
}

/** An audit of a large organization must not fill the memory; CloudTrail has them all. */
const mostRequests = 200;

const namesOfFailures: Readonly<Record<FailureReason, "refused" | "cancelled" | "failed">> = {
  usage: "refused",
  refused: "refused",
  cancelled: "cancelled",
  "not-authenticated": "failed",
  "not-authorized": "failed",
  "aws-failed": "failed",
  "timed-out": "failed",
};

function resultOfFailure(error: unknown): RunResult {
  if (!(error instanceof RootAccessError)) return { is: "failed", sentence: `A defect: ${messageOf(error)}` };
  const { reason, what, effect } = error.failure;
  return { is: namesOfFailures[reason], sentence: what, ...(effect === undefined ? {} : { effect }) };
}

async function orRefused(folder: string, line: RecordLine): Promise<void> {
  try {
    await appendToRecord(folder, line);
  } catch (error) {
    throw new RootAccessError({
      reason: "refused",
      what: `The record of this run could not be written to ${folder}: ${messageOf(error)}.`,
      effect: "Nothing has been changed.",
      next: "Make room or make the folder writable: no root session is opened and nothing is changed without a record.",
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function now(): string {
  return new Date().toISOString();
}
