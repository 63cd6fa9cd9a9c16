import { AwsFault, notImplemented } from "../aws-fault.ts";
import type { Service } from "../services/service.ts";
import { readTarget } from "../wire/aws-json.ts";
import type { WireRequest } from "../wire/wire.ts";

/** The credential scope of a signature and what it leads to. */
export interface Location {
  readonly service: Service;
  readonly signature: Signature;
  /** Where the request is answered and recorded. */
  readonly region: string;
  readonly globalEndpoint: boolean;
}

/** The Authorization header of AWS Signature Version 4, taken apart. */
export interface Signature {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly signingName: string;
  readonly signedHeaders: readonly string[];
  readonly hash: string;
}

const pattern =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/**
 * Finds the service and the Region that a request is for. All services share one port, so the signature's credential
 * scope tells them apart.
 *
 * @throws AwsFault MissingAuthenticationToken, IncompleteSignature, or 501 for what is not modelled
 */
export function locate(request: WireRequest, services: ReadonlyMap<string, Service>): Location {
  if (request.query.has("X-Amz-Signature")) throw notImplemented("A signature in the query string");
  if (request.query.has("X-Amz-Signature")) throw notImplemented("A presigned URL");
  const signature = readSignature(request.headers["authorization"]);
  const service = services.get(signature.signingName);
  if (!service) throw notImplemented(`The service "${signature.signingName}"`);
  // A global service is in one Region, whichever a client at a local endpoint happens to sign for.
  const region = service.globalRegion ?? signature.region;
  return { service, signature, region, globalEndpoint: request.host === "sts.amazonaws.com" };
}

function readSignature(header: string | undefined): Signature {
  if (header === undefined) {
    throw new AwsFault("MissingAuthenticationToken", "Request is missing Authentication Token", { status: 403 });
  }
  const [, accessKeyId, date, region, signingName, signedHeaders, hash] = pattern.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !signingName || !signedHeaders || !hash) {
    throw new AwsFault("IncompleteSignature", "Authorization header is not an AWS Signature Version 4.", {
      status: 400,
    });
  }
  return { accessKeyId, date, region, signingName, signedHeaders: signedHeaders.split(";"), hash };
}

/**
 * The language in which to refuse a request whose service could not be found: the one its headers suggest. A service that
 * is not modelled is refused in the words of one that speaks JSON or XML alike.
 */
export function likelyService(request: WireRequest, services: readonly Service[]): Service | undefined {
  const { service: target } = readTarget(request);
  const named = target === undefined ? undefined : services.find(({ model }) => model.target === target);
  const speaksJson = target !== undefined || /json/.test(request.headers["content-type"] ?? "");
  return named ?? services.find(({ name }) => name === (speaksJson ? "organizations" : "sts"));
}
