import { JsonCodec2 } from "@aws-sdk/core/protocols";
import type { AwsFault } from "../aws-fault.ts";
import { readJsonBody } from "./json-body.ts";
import { checkJsonTypes } from "./json-types.ts";
import type { ServiceModel } from "./service-model.ts";
import { unroutable, unroutableAnswer } from "./unroutable.ts";
import type { Protocol, WireRequest, WireResponse } from "./wire.ts";

/** Organizations, SQS, SSO Admin and others: `X-Amz-Target` names the operation, the body is JSON both ways. */
export function awsJson(model: ServiceModel, version: "1.0" | "1.1"): Protocol {
  const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

  return {
    decode: async (request) => {
      if (model.queryCompatible && speaksQuery(request)) return undefined;
      if (!speaksJson(request)) throw unroutable();
      const operation = model.operations.get(targetOperation(request, model) ?? "");
      if (!operation) return undefined;
      if (operation.input.isUnitSchema()) return { operation: operation.name, input: {} };
      const body = readJsonBody(request);
      checkJsonTypes(operation.input, body.value);
      const input: unknown = await codec.createDeserializer().read(operation.input, body.text);
      return { operation: operation.name, input: { ...(input as object) } };
    },

    encode: (name, output, requestId) => {
      const operation = model.operations.get(name);
      if (!operation || operation.output.isUnitSchema()) return respond(200, "{}", requestId);
      const writer = codec.createSerializer();
      writer.write(operation.output, output);
      return respond(200, writer.flush(), requestId);
    },

    fail: (fault, requestId) => {
      const unrouted = unroutableAnswer(fault, requestId);
      if (unrouted) return unrouted;
      const error = model.errors.get(fault.shape);
      const message = { [error?.messageMember ?? "Message"]: fault.message };
      const request = error?.hasRequestId ? { RequestId: requestId } : {};
      const body = JSON.stringify({ __type: typeOf(fault, model), ...message, ...fault.members, ...request });
      // Only services that used to speak the query protocol still answer with its codes and statuses.
      const query = model.queryCompatible ? error?.query : undefined;
      const response = respond(query?.[1] ?? fault.status, body, requestId);
      return fault.code === fault.shape && !query ? response : withQueryError(response, query?.[0] ?? fault.code);
    },
  };

  function respond(statusCode: number, body: string | Uint8Array, requestId: string): WireResponse {
    const headers = { "content-type": `application/x-amz-json-${version}`, "x-amzn-requestid": requestId };
    return { statusCode, headers, body };
  }
}

/** Some SDKs put the service's namespace before the target: `com.amazonaws.….CloudTrail_20131101.LookupEvents`. */
export function readTarget(request: WireRequest): { readonly service?: string; readonly operation?: string } {
  const [operation, service] = (request.headers["x-amz-target"] ?? "").split(".").reverse();
  return service === undefined || operation === undefined ? {} : { service, operation };
}

/** The JSON protocols know one method and say what they are; the path is nothing to them. */
function speaksJson({ method, headers }: WireRequest): boolean {
  return method === "POST" && (headers["content-type"] ?? "").includes("json");
}

function speaksQuery({ query, headers }: WireRequest): boolean {
  return query.has("Action") || (headers["content-type"] ?? "").includes("form-urlencoded");
}

function targetOperation(request: WireRequest, model: ServiceModel): string | undefined {
  const { service, operation } = readTarget(request);
  return service === model.target ? operation : undefined;
}

/**
 * SQS answers an AccessDenied with the type of AWS's common framework and a capital `Message`
 * (docs/aws-behaviour.md, section 6); modelled errors carry the service's own namespace.
 */
function typeOf(fault: AwsFault, model: ServiceModel): string {
  const namespace = model.errors.has(fault.shape) ? model.namespace : "com.amazon.coral.service";
  return `${namespace}#${fault.shape}`;
}

function withQueryError(response: WireResponse, code: string): WireResponse {
  return { ...response, headers: { ...response.headers, "x-amzn-query-error": `${code};Sender` } };
}
