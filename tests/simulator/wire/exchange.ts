import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type HttpRequest, HttpResponse } from "@smithy/core/transport";
import type { DecodedRequest, Protocol, WireRequest } from "../../../simulator/wire/wire.ts";
import type { SdkClient, SdkService } from "./sdk-services.ts";

/** A real client whose requests and answers pass through our codec instead of a network. */
export interface Wire {
  readonly client: SdkClient;
  readonly send: (
    operation: string,
    input: object,
    output: object,
    protocol: Protocol,
  ) => Promise<{ decoded: DecodedRequest | undefined; received: object }>;
}

export function exchange(service: SdkService): Wire {
  let answer: (request: HttpRequest) => Promise<HttpResponse> = () => Promise.reject(new Error("Nothing was asked."));
  const client = service.connect({
    handle: async (request: HttpRequest) => ({ response: await answer(request) }),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    metadata: { handlerProtocol: "http/1.1" },
  });
  return {
    client,
    send: async (operation, input, output, protocol) => {
      let decoded: DecodedRequest | undefined;
      answer = async (request) => {
        decoded = await protocol.decode(await wireRequest(request));
        const { statusCode, headers, body } = protocol.encode(operation, output, "request-1");
        return new HttpResponse({ statusCode, headers: { ...headers }, body: Readable.from([await bytes(body)]) });
      };
      const received = await client.send(command(service, operation, input));
      return { decoded, received: await withBodyRead(received) };
    },
  };
}

function command(service: SdkService, operation: string, input: object): unknown {
  const constructor: unknown = Object.entries(service.module).find(([name]) => name === `${operation}Command`)?.[1];
  if (typeof constructor !== "function") throw new Error(`The client has no ${operation}Command.`);
  return Reflect.construct(constructor, [input]);
}

async function wireRequest(request: HttpRequest): Promise<WireRequest> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) query.append(name, one);
  }
  return {
    method: request.method,
    host: "127.0.0.1",
    port: 9,
    path: request.path,
    query,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: await bytes(request.body),
  };
}

async function bytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (body instanceof Readable) return buffer(body);
  throw new Error("A request body of an unknown kind.");
}

/** Streams among the answer's members are read to their end. */
async function withBodyRead(answer: object): Promise<object> {
  const members = Object.entries(answer).map(async ([name, value]: [string, unknown]) => [
    name,
    value instanceof Readable ? new Uint8Array(await buffer(value)) : value,
  ]);
  return Object.fromEntries((await Promise.all(members)) as [string, unknown][]);
}
