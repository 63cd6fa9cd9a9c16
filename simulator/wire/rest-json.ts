import { JsonCodec2 } from "@aws-sdk/core/protocols";
import { readJsonBody } from "./json-body.ts";
import { checkJsonTypes } from "./json-types.ts";
import type { OperationModel, ServiceModel } from "./service-model.ts";
import type { Protocol, WireRequest, WireResponse } from "./wire.ts";

/**
 * Account Management: method and path name the operation, the body is JSON both ways. Members in the path, the query or
 * headers, which other services of this protocol have, are not read.
 */
export function restJson(model: ServiceModel): Protocol {
  const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: true });

  return {
    decode: async (request) => {
      const operation = [...model.operations.values()].find((candidate) => isFor(candidate, request));
      if (!operation) return undefined;
      if (operation.input.isUnitSchema()) return { operation: operation.name, input: {} };
      const { text, value } = readJsonBody(request);
      checkJsonTypes(operation.input, value);
      const input: unknown = await codec.createDeserializer().read(operation.input, text);
      return { operation: operation.name, input: { ...(input as object) } };
    },

    encode: (name, output, requestId) => {
      const operation = model.operations.get(name);
      const status = operation?.http?.[2] ?? 200;
      if (!operation || operation.output.isUnitSchema()) return respond(status, "", requestId);
      const writer = codec.createSerializer();
      writer.write(operation.output, output);
      return respond(status, writer.flush(), requestId);
    },

    fail: (fault, requestId) => {
      const error = model.errors.get(fault.shape);
      const body = { [error?.messageMember ?? "message"]: fault.message, ...fault.members };
      const response = respond(error?.httpStatus ?? fault.status, JSON.stringify(body), requestId);
      return { ...response, headers: { ...response.headers, "x-amzn-errortype": fault.code } };
    },
  };
}

function isFor({ http }: OperationModel, { method, path }: WireRequest): boolean {
  return http?.[0] === method && http[1] === path;
}

function respond(statusCode: number, body: string | Uint8Array, requestId: string): WireResponse {
  return { statusCode, headers: { "content-type": "application/json", "x-amzn-requestid": requestId }, body };
}
