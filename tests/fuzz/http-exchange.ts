import { type Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import { type Answer, patienceMilliseconds } from "./answer.ts";
import type { SignedRequest } from "./signed-request.ts";

/** An answer with its headers, for a client to read. */
export interface FullAnswer extends Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Uint8Array;
}

/** Sends a signed request to a loopback port. A connection that ends without an answer is an answer without a status. */
export function exchange(
  { method, path, query = {}, headers, body }: SignedRequest,
  port: number,
  agent: Agent,
): Promise<FullAnswer> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const end = (status: number | undefined, headers: FullAnswer["headers"], content: Uint8Array): void => {
      const milliseconds = performance.now() - begun;
      const answer = { body: Buffer.from(content).toString(), headers, content, milliseconds };
      resolve({ ...answer, ...(status === undefined ? {} : { status }) });
    };
    const fail = (error: Error): void => {
      end(undefined, {}, Buffer.from(String(error)));
    };
    const outgoing = httpRequest({
      agent,
      host: "127.0.0.1",
      port,
      method,
      path: `${path}${searchOf(query)}`,
      headers: { ...headers, "content-length": Buffer.byteLength(String(body)) },
      timeout: patienceMilliseconds,
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer")));
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      buffer(incoming).then((content) => {
        end(incoming.statusCode, headersOf(incoming), content);
      }, fail);
    });
    outgoing.end(body);
  });
}

function searchOf(query: NonNullable<SignedRequest["query"]>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values ?? ""].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
