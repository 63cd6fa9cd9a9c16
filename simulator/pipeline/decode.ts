import { AwsFault, notImplemented } from "../aws-fault.ts";
import type { AnyOperation, Service } from "../services/service.ts";
import type { DecodedRequest, WireRequest } from "../wire/wire.ts";

export interface DecodedCall extends DecodedRequest {
  readonly handler: AnyOperation;
}

/**
 * Reads which operation a request means and its input, by the service's own schemas.
 *
 * @throws AwsFault InvalidAction or UnknownOperationException for what the service does not have, 501 for what it has
 *   but the sandbox organization does not model, ValidationError for required members left out
 */
export async function decode(request: WireRequest, service: Service, globalEndpoint: boolean): Promise<DecodedCall> {
  const decoded = await service.protocol.decode(request);
  if (!decoded) throw unknownOperation(service, request);
  // The endpoint without a Region does not know AssumeRoot (docs/aws-behaviour.md, section 1).
  if (globalEndpoint && decoded.operation === "AssumeRoot") throw new AwsFault("InvalidAction", "Unknown Operation");
  const handler = service.operations[decoded.operation];
  if (!handler) throw notImplemented(`${service.name}:${decoded.operation}`);
  await service.protocol.verify?.(decoded.operation, request);
  checkRequired(service, decoded);
  return { ...decoded, handler };
}

function checkRequired(service: Service, { operation, input }: DecodedRequest): void {
  const required = service.model.operations.get(operation)?.required ?? [];
  const missing = required.filter((member) => input[member] === undefined);
  if (missing.length > 0) throw service.missingMembers(missing);
}

function unknownOperation(service: Service, request: WireRequest): AwsFault {
  if (service.model.target !== "" && request.headers["x-amz-target"] !== undefined) {
    return new AwsFault("UnknownOperationException", `Unknown operation ${request.headers["x-amz-target"]}`);
  }
  // SQS still understands the protocol that it spoke before.
  if (service.model.queryCompatible) return notImplemented(`${service.name} over the AWS query protocol`);
  if (service.name === "s3") {
    return new AwsFault("MethodNotAllowed", "The specified method is not allowed against this resource.", {
      status: 405,
    });
  }
  return new AwsFault("InvalidAction", "The action or operation requested is invalid.");
}
