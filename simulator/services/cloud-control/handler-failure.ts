import { AwsFault } from "../../aws-fault.ts";
import type { HandlerErrorCode } from "../../state/cloud-control.ts";
import { HandlerFailure } from "./resource-type.ts";

/**
 * What a handler's error means to Cloud Control.
 *
 * @throws the error itself when it is neither a handler's verdict nor an answer of AWS: what is not modelled stays a
 *   501, a defect stays a defect
 */
export function handlerFailure(error: unknown): HandlerFailure {
  if (error instanceof HandlerFailure) return error;
  if (!(error instanceof AwsFault) || error.status === 501) throw error;
  const code = codes[error.code] ?? "GeneralServiceException";
  return new HandlerFailure(code, `${error.message} (Service: SsoAdmin, Status Code: ${error.status})`);
}

/** Whether the handlers of Identity Center's types try again: an earlier write has not propagated, or too many calls. */
export function isRetriedByHandler({ code }: HandlerFailure): boolean {
  return code === "ResourceConflict" || code === "Throttling";
}

const codes: Readonly<Partial<Record<string, HandlerErrorCode>>> = {
  AccessDeniedException: "AccessDenied",
  ConflictException: "ResourceConflict",
  InternalServerException: "ServiceInternalError",
  ResourceNotFoundException: "NotFound",
  ServiceQuotaExceededException: "ServiceLimitExceeded",
  ThrottlingException: "Throttling",
  ValidationException: "InvalidRequest",
};
