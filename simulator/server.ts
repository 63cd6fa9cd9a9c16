import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { answerCredentialRequest } from "./credential-endpoint.ts";
import { ConnectionCut } from "./pipeline/disturb.ts";
import { answer, type Surroundings } from "./pipeline/pipeline.ts";
import { ClientGone } from "./pipeline/receive.ts";

/** Where a server listens and how it is stopped. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Serves the sandbox organization on the loopback interface, never on another.
 *
 * @param port 0 picks a free one
 * @throws Error with `code` EADDRINUSE when the port is taken
 */
export async function listen(
  port: number,
  latencyMilliseconds: number,
  surroundings: Omit<Surroundings, "port">,
): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 60_000, optimizeEmptyRequests: true });
  const boundPort = await bind(server, port);
  const here = { ...surroundings, port: boundPort };
  server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    void respond(incoming, outgoing, latencyMilliseconds, here);
  });
  return { port: boundPort, close: () => close(server) };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  latencyMilliseconds: number,
  surroundings: Surroundings,
): Promise<void> {
  if (latencyMilliseconds > 0) await delay(latencyMilliseconds);
  try {
    const { statusCode, headers, body } =
      answerCredentialRequest(incoming, surroundings) ?? (await answer(incoming, surroundings));
    outgoing.writeHead(statusCode, contentLength(incoming, statusCode, headers, body)).end(body);
  } catch (error) {
    outgoing.destroy();
    if (error instanceof ClientGone) return;
    const reason = error instanceof ConnectionCut ? `cut on purpose, ${error.message}` : String(error);
    surroundings.log(`connection lost: ${reason}`);
  }
}

/** HEAD answers describe a body that they do not carry; 204 has none at all. */
function contentLength(
  incoming: IncomingMessage,
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): Record<string, string | number> {
  const described = incoming.method === "HEAD" && headers["content-length"] !== undefined;
  return statusCode === 204 || described ? headers : { ...headers, "content-length": Buffer.byteLength(body) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
