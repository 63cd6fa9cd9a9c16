import type { IncomingMessage } from "node:http";
import { AwsFault } from "../aws-fault.ts";
import type { WireRequest } from "../wire/wire.ts";

/** Larger bodies are refused: nothing that the kit or its drills send comes near. */
const bodyLimitBytes = 64 * 1024 * 1024;

const emptyBody = new Uint8Array();

/** The client hung up before its request was whole: nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}

/**
 * Reads a request from the wire. Refuses hosts that are neither loopback nor AWS's own endpoint names: a web page that
 * has its own name resolve to 127.0.0.1 must not reach the sandbox through somebody's browser.
 *
 * @throws AwsFault 403 for a foreign host, 413 for a body over the limit
 * @throws ClientGone when the client hangs up before the body's end
 */
export async function receive(incoming: IncomingMessage, port: number): Promise<WireRequest> {
  const headers = joinedHeaders(incoming);
  const host = hostName(headers["host"] ?? "");
  if (!isOwnHost(host)) {
    throw new AwsFault("AccessDenied", `The sandbox organization does not answer for the host "${host}".`, {
      status: 403,
    });
  }
  const [path = "/", ...search] = (incoming.url ?? "/").split("?");
  return {
    method: incoming.method ?? "GET",
    host,
    port,
    path,
    query: new URLSearchParams(search.join("?")),
    headers,
    body: await readBody(incoming),
  };
}

function hostName(header: string): string {
  return header.toLowerCase().replace(/:\d+$/, "");
}

function isOwnHost(host: string): boolean {
  return (
    ["127.0.0.1", "localhost", "[::1]"].includes(host) ||
    /(^|\.)localhost$/.test(host) ||
    /\.amazonaws\.com$/.test(host)
  );
}

/** Names in lower case; a header that comes several times is one, its values joined by commas. */
function joinedHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const joined = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    const earlier = joined.get(name);
    joined.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(joined);
}

function readBody(incoming: IncomingMessage): Uint8Array | Promise<Uint8Array> {
  if (incoming.readableEnded) return emptyBody;
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    incoming.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= bodyLimitBytes) chunks.push(chunk);
      else reject(new AwsFault("RequestEntityTooLarge", "The request body is larger than 64 MiB.", { status: 413 }));
    });
    incoming.on("end", () => {
      resolve(Buffer.concat(chunks));
    });
    incoming.on("error", () => {
      reject(new ClientGone("The client hung up."));
    });
  });
}
