import { buildQueryString, type HttpHandler } from "@smithy/core/protocols";
import type { HttpRequest } from "@smithy/core/transport";

/**
 * The bytes of a request as an SDK client sends it, signed. They are good for a quarter of an hour, however often they
 * are sent: so long does a signature hold.
 *
 * @param send makes a client with this handler and sends one command
 * @example signedRequest((requestHandler) => new STSClient({ ...settings, requestHandler }).send(command))
 */
export async function signedRequest(send: (requestHandler: HttpHandler) => Promise<unknown>): Promise<Buffer> {
  let caught: HttpRequest | undefined;
  const catcher: HttpHandler = {
    handle: (request) => {
      caught = request;
      return Promise.reject(new Caught("The request is wanted, no answer."));
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  try {
    await send(catcher);
  } catch (error) {
    if (!(error instanceof Caught)) throw error;
  }
  if (!caught) throw new Error("The client sent nothing.");
  return overTheWire(caught);
}

class Caught extends Error {}

function overTheWire({ method, path, query, headers, body }: HttpRequest): Buffer {
  const search = buildQueryString(query);
  const content = bytesOf(body);
  const length = content.length > 0 ? { "content-length": String(content.length) } : {};
  const lines = Object.entries({ ...headers, ...length });
  const head = [
    `${method} ${path}${search === "" ? "" : `?${search}`} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), content]);
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new Error("The client would stream this body: it cannot be sent again.");
}
