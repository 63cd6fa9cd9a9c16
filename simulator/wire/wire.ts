import type { AwsFault } from "../aws-fault.ts";

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** The Host header in lower case, without the port. */
  readonly host: string;
  /** The port the request came in on, for URLs that answers contain. */
  readonly port: number;
  /** Still percent-encoded: the signature covers it as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a request asks for, in the terms of the service's model. */
export interface DecodedRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A service's language on the wire. */
export interface Protocol {
  /** @returns `undefined` when the request names no operation of this service */
  readonly decode: (request: WireRequest) => Promise<DecodedRequest | undefined>;
  /** Checks a decoded request against the digests of its body, where the protocol has them. Throws AwsFault. */
  readonly verify?: (operation: string, request: WireRequest) => Promise<void>;
  readonly encode: (operation: string, output: object, requestId: string) => WireResponse;
  readonly fail: (fault: AwsFault, requestId: string) => WireResponse;
}
