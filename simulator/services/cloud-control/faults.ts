import { AwsFault } from "../../aws-fault.ts";
import type { HandlerErrorCode } from "../../state/cloud-control.ts";

/** Cloud Control speaks JSON: whatever is wrong with a request, the status is 400. */

export function invalidRequest(message: string): AwsFault {
  return new AwsFault("InvalidRequestException", message);
}

export function invalidToken(): AwsFault {
  return invalidRequest("The NextToken is not valid.");
}

export function typeNotFound(typeName: string): AwsFault {
  return new AwsFault("TypeNotFoundException", `The type '${typeName}' cannot be found.`);
}

export function unsupportedAction(typeName: string, action: string): AwsFault {
  return new AwsFault("UnsupportedActionException", `Resource type ${typeName} does not support ${action} action`);
}

export function notUpdatable(kind: "createOnly" | "readOnly", properties: readonly string[]): AwsFault {
  const paths = properties.map((property) => `/properties/${property}`).join(", ");
  return new AwsFault("NotUpdatableException", `Invalid patch update: ${kind}Properties [${paths}] cannot be updated`);
}

export function concurrentOperation(typeName: string, identifier: string): AwsFault {
  return new AwsFault(
    "ConcurrentOperationException",
    `Another operation on the resource of type '${typeName}' with identifier '${identifier}' is in progress.`,
  );
}

export function clientTokenConflict(clientToken: string): AwsFault {
  return new AwsFault("ClientTokenConflictException", `The client token ${clientToken} was used for another request.`);
}

export function requestTokenNotFound(token: string): AwsFault {
  return new AwsFault("RequestTokenNotFoundException", `Request with token ${token} was not found`);
}

/** A handler that failed while the client waited: reads and lists have no progress events. */
export function handlerFailed(typeName: string, code: HandlerErrorCode, message: string, token: string): AwsFault {
  return new AwsFault(
    exceptions[code],
    `${typeName} Handler returned status FAILED: ${message} (HandlerErrorCode: ${code}, RequestToken: ${token})`,
  );
}

const exceptions: Readonly<Record<HandlerErrorCode, string>> = {
  AccessDenied: "AccessDeniedException",
  AlreadyExists: "AlreadyExistsException",
  GeneralServiceException: "GeneralServiceException",
  InvalidRequest: "InvalidRequestException",
  NotFound: "ResourceNotFoundException",
  ResourceConflict: "ResourceConflictException",
  ServiceInternalError: "ServiceInternalErrorException",
  ServiceLimitExceeded: "ServiceLimitExceededException",
  Throttling: "ThrottlingException",
};
