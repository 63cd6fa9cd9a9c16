import type { IncomingMessage } from "node:http";
import { breakGlassSession } from "./break-glass-session.ts";
import type { Clock } from "./clock.ts";
import type { State } from "./state/state.ts";
import type { WireResponse } from "./wire/wire.ts";

const path = "/.sandbox/break-glass-credentials";

/**
 * Answers `GET /.sandbox/break-glass-credentials` in the form that an AWS profile's `credential_process` prints: 200
 * with the credentials, 409 with a `message` while there are none. Only for a loopback host and with the header
 * `X-Sandbox: break-glass`, which a web page cannot send: its browser would ask for permission first, and get none.
 *
 * @returns `undefined` when the request is for an AWS service
 */
export function answerCredentialRequest(
  { url, method, headers }: Pick<IncomingMessage, "url" | "method" | "headers">,
  { state, clock }: { readonly state: State; readonly clock: Clock },
): WireResponse | undefined {
  if (url !== path) return undefined;
  const isLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "");
  if (!isLocal || headers["x-sandbox"] !== "break-glass") {
    return json(403, { message: `${path} is for the sandbox's own AWS profile.` });
  }
  if (method !== "GET") return json(405, { message: `${path} is read with GET.` });
  const session = breakGlassSession(state, clock);
  if ("reason" in session) return json(409, { message: session.reason });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = session.credentials;
  return json(200, { Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration });
}

function json(statusCode: number, body: object): WireResponse {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { statusCode, headers, body: JSON.stringify(body) };
}
