import { AwsFault } from "../../aws-fault.ts";
import type { Call } from "../service.ts";

/** SSO Admin speaks JSON: whatever is wrong with a request, the status is 400. */

export function conflict(message: string): AwsFault {
  return new AwsFault("ConflictException", message);
}

/** An earlier write has not propagated yet: callers are to try again (docs/aws-behaviour.md, section 4). */
export function writeInProgress(): AwsFault {
  return conflict("There is a conflicting operation in process.");
}

export function permissionSetNotFound(arn: string): AwsFault {
  return new AwsFault(
    "ResourceNotFoundException",
    `Could not find PermissionSet with id ${arn.split("/").at(-1) ?? arn}`,
  );
}

export function requestNotFound(requestId: string): AwsFault {
  return new AwsFault("ResourceNotFoundException", `Could not find the request with id ${requestId}`);
}

/** AWS does not say why an administrator is refused, for example in a Region without an instance. */
export function refused({ caller }: Call, operation: string, resource: string): AwsFault {
  return new AwsFault(
    "AccessDeniedException",
    `User: ${caller.principal.arn} is not authorized to perform: sso:${operation} on resource: ${resource}`,
  );
}
