import { randomUUID } from "node:crypto";
import type { ProgressEvent } from "@aws-sdk/client-cloudcontrol";
import type { ResourceProperties, ResourceRequest } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { clientTokenConflict, concurrentOperation } from "./faults.ts";
import { handlerFailure, isRetriedByHandler } from "./handler-failure.ts";
import { formatIdentifier, parseIdentifier } from "./identifier.ts";
import type { Handler, ResourceType } from "./resource-type.ts";
import { findResourceType } from "./resource-types.ts";

/** How often a handler tries again before a conflict or throttling is the outcome. */
const mostAttempts = 20;

/** What a client asks for. */
export interface Asked {
  readonly type: ResourceType;
  readonly operation: ResourceRequest["operation"];
  readonly clientToken: string | undefined;
  readonly identifier: string | undefined;
  readonly desired: ResourceProperties;
  /** The document as the client wrote it. */
  readonly document: string | undefined;
}

/**
 * Begins a request, or finds the one that the same client token began.
 *
 * @throws AwsFault ClientTokenConflictException, ConcurrentOperationException
 */
export async function beginRequest(asked: Asked, call: Call): Promise<ProgressEvent> {
  const text = JSON.stringify([asked.operation, asked.type.name, asked.identifier, asked.document]);
  const known = ownRequests(call).find(({ clientToken }) => clientToken === asked.clientToken);
  if (known && known.asked !== text) throw clientTokenConflict(known.clientToken);
  if (known) return progressEvent(known, call);
  checkNoneInProgress(asked, call);
  const request = newRequest(asked, text, call);
  call.state.resourceRequests.set(request.token, request);
  await advanceFirst(request, call);
  return progressEvent(request, call);
}

/** A request that cannot be carried out, because that is not modelled, has not begun. */
async function advanceFirst(request: ResourceRequest, call: Call): Promise<void> {
  try {
    await advance(request, call);
  } catch (error) {
    call.state.resourceRequests.delete(request.token);
    throw error;
  }
}

/**
 * Carries a request on. Whoever looks at a request calls this first: handlers work when they are looked at, with the
 * permissions of the one who looks; no timer runs in the simulator.
 */
export async function advance(request: ResourceRequest, call: Call): Promise<void> {
  const now = call.clock.now();
  if (request.outcome || request.nextAttempt > now) return;
  const earliest = new Date(Math.max(now.getTime(), request.started.getTime() + call.propagationMilliseconds));
  request.attempts += 1;
  try {
    if ((await attempt(request, call)) === "done") request.outcome = { status: "SUCCESS", at: earliest };
  } catch (error) {
    const failure = handlerFailure(error);
    if (isRetriedByHandler(failure) && request.attempts < mostAttempts) {
      request.nextAttempt = new Date(now.getTime() + call.propagationMilliseconds);
      return;
    }
    request.outcome = { status: "FAILED", at: earliest, errorCode: failure.code, message: failure.message };
  }
}

/** The requests of the caller's account in this Region, oldest first. */
export function ownRequests({ caller, region, state }: Call): readonly ResourceRequest[] {
  return [...state.resourceRequests.values()].filter(
    (request) => request.accountId === caller.accountId && request.region === region,
  );
}

/** How a request stands, as clients are told. */
export function progressEvent(request: ResourceRequest, { clock }: Call): ProgressEvent {
  const { typeName, token, operation, identifier, started } = request;
  const outcome = request.outcome && request.outcome.at <= clock.now() ? request.outcome : undefined;
  return {
    TypeName: typeName,
    ...(identifier === undefined ? {} : { Identifier: identifier }),
    RequestToken: token,
    Operation: operation,
    OperationStatus: outcome?.status ?? "IN_PROGRESS",
    EventTime: outcome?.at ?? started,
    ...(outcome?.status === "FAILED" ? { StatusMessage: outcome.message, ErrorCode: outcome.errorCode } : {}),
  };
}

function attempt(request: ResourceRequest, call: Call): ReturnType<Handler> {
  const type = findResourceType(request.typeName);
  const handler = { CREATE: type.create, UPDATE: type.update, DELETE: type.remove }[request.operation];
  if (!handler) throw new Error(`${type.name} has no handler for ${request.operation}: such requests are not begun.`);
  const { desired, callbackContext: context, identifier } = request;
  const key = identifier === undefined ? {} : parseIdentifier(type, identifier);
  const identified = (properties: ResourceProperties): void => {
    request.identifier = formatIdentifier(type, properties);
  };
  return handler({ key, desired, context, identified }, call);
}

function checkNoneInProgress({ type, identifier }: Asked, call: Call): void {
  if (identifier === undefined) return;
  const busy = ownRequests(call).some(
    (request) =>
      request.typeName === type.name &&
      request.identifier === identifier &&
      progressEvent(request, call).OperationStatus === "IN_PROGRESS",
  );
  if (busy) throw concurrentOperation(type.name, identifier);
}

function newRequest(asked: Asked, text: string, { caller, region, clock }: Call): ResourceRequest {
  const { type, operation, clientToken = randomUUID(), identifier, desired } = asked;
  const started = clock.now();
  return {
    token: randomUUID(),
    clientToken,
    accountId: caller.accountId,
    region,
    typeName: type.name,
    operation,
    asked: text,
    started,
    desired,
    identifier,
    callbackContext: {},
    attempts: 0,
    nextAttempt: started,
    outcome: undefined,
  };
}
