import { randomUUID } from "node:crypto";
import type { AwsFault } from "../aws-fault.ts";
import type { Caller } from "../caller.ts";
import { announce } from "../delivery/announce.ts";
import { isRead } from "../read-operations.ts";
import type { Call, Service } from "../services/service.ts";
import type { TrailEvent, TrailRecord } from "../state/trail.ts";
import { trailMembers } from "./trail-members.ts";

/** A request that has been answered, well or not. */
export interface Answered {
  readonly service: Service;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output?: object;
  readonly fault?: AwsFault;
  readonly requestId: string;
  readonly userAgent: string;
}

/**
 * Writes the CloudTrail event of a management operation into the trail of the caller's account
 * (docs/aws-behaviour.md, section 9). Data operations, such as reading an object, are not recorded, as AWS does by
 * default.
 */
export function record(answered: Answered, call: Call): void {
  const { service, operation, fault } = answered;
  if (service.dataOperations.has(operation)) return;
  // What the sandbox organization refuses as not modelled has not happened in AWS.
  if (fault?.status === 501) return;
  const { caller, state } = call;
  const happening: Happening = {
    eventId: randomUUID(),
    time: call.clock.now(),
    region: service.globalRegion ?? call.region,
    readOnly: isReadOnly(operation),
  };
  const details = recordOf(answered, caller, happening);
  const event: TrailEvent = {
    ...happening,
    accountId: caller.accountId,
    eventSource: service.eventSource,
    eventName: operation,
    accessKeyId: caller.accessKeyId,
    userName: caller.principal.kind === "root" ? "root" : (caller.userId.split(":")[1] ?? caller.userName ?? ""),
    record: JSON.stringify(details),
  };
  state.trail.push(event);
  announce(event, details, service.globalRegion !== undefined, call.propagationMilliseconds, state);
}

type Happening = Pick<TrailEvent, "eventId" | "time" | "region" | "readOnly">;

function recordOf(answered: Answered, caller: Caller, { eventId, time, region, readOnly }: Happening): TrailRecord {
  const { service, operation, fault } = answered;
  return {
    eventVersion: "1.11",
    userIdentity: userIdentity(caller),
    eventTime: secondsIso(time),
    eventSource: service.eventSource,
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: "127.0.0.1",
    userAgent: answered.userAgent,
    ...(fault ? { errorCode: fault.code, errorMessage: fault.message } : {}),
    requestParameters: trailMembers(answered.input),
    responseElements: responseElements(answered, readOnly),
    requestID: answered.requestId,
    eventID: eventId,
    readOnly,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: caller.accountId,
    eventCategory: "Management",
  };
}

/**
 * AWS classes AssumeRole as read-only. It does not document the class of AssumeRoot; that it is the same is an
 * assumption, the one under which an alert can be missed (docs/aws-behaviour.md, section 9).
 */
function isReadOnly(operation: string): boolean {
  return isRead(operation) || operation === "AssumeRole" || operation === "AssumeRoot";
}

/** Answers to reads are not recorded, but credentials that are handed out are. */
function responseElements({ operation, output }: Answered, readOnly: boolean): Record<string, unknown> | null {
  const handsOutCredentials = /^AssumeRo(le|ot)$/.test(operation) || operation === "GetSessionToken";
  return output && (!readOnly || handsOutCredentials) ? trailMembers(output) : null;
}

function userIdentity(caller: Caller): Record<string, unknown> {
  const { principal, accessKeyId, userId, session, accountId } = caller;
  const attributes = session && { creationDate: secondsIso(session.created), mfaAuthenticated: "false" };
  const base = { principalId: userId, arn: principal.arn, accountId, accessKeyId };
  if (principal.kind === "root") {
    if (!session) return { type: "Root", ...base };
    return { type: "Root", ...base, sessionContext: { attributes, assumedRoot: "true" } };
  }
  if (principal.kind === "user") return { type: "IAMUser", ...base, userName: caller.userName };
  const sessionIssuer = {
    type: "Role",
    principalId: userId.split(":")[0],
    arn: principal.roleArn,
    accountId,
    userName: principal.roleArn?.split("/").at(-1),
  };
  return { type: "AssumedRole", ...base, sessionContext: { sessionIssuer, attributes } };
}

function secondsIso(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
