import { request } from "node:http";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ClientSettings } from "./clients.ts";

/** A request as it goes over the wire, where an SDK would not send it so. */
export interface Sketch {
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A form as the query protocol has it. */
export function form(body: string): Sketch {
  return { headers: { "content-type": "application/x-www-form-urlencoded" }, body };
}

/** A request in JSON to `target`, `AmazonSQS.ListQueues` for example. */
export function json(target: string, body: string): Sketch {
  return { headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target }, body };
}

/** The sketch as a request to the sandbox, not signed. */
export function outgoing({ endpoint }: Pick<ClientSettings, "endpoint">, sketch: Sketch): HttpRequest {
  const { method = "POST", path = "/", query = "", headers = {}, body } = sketch;
  return new HttpRequest({
    method,
    protocol: "http:",
    hostname: "127.0.0.1",
    port: Number(new URL(endpoint).port),
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { host: sketch.host ?? "127.0.0.1", ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** The same, signed for a service as the settings' principal. */
export async function signed(
  { credentials, region, ...settings }: ClientSettings,
  service: string,
  sketch: Sketch,
): Promise<HttpRequest> {
  const uriEscapePath = service !== "s3";
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, uriEscapePath });
  return new HttpRequest(await signer.sign(outgoing(settings, sketch)));
}

/** Sends a request as it stands. fetch() would not let the caller choose the Host header. */
export function send({ method, hostname, port, path, query, headers, body }: HttpRequest): Promise<Answer> {
  const search = new URLSearchParams(query as Record<string, string>).toString();
  const target = search === "" ? path : `${path}?${search}`;
  return new Promise((resolve, reject) => {
    const sent = request({ method, hostname, port, path: target, headers }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (part: string) => (text += part));
      incoming.on("end", () => {
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: text });
      });
    });
    sent.on("error", reject).end(body as string | Uint8Array | undefined);
  });
}
