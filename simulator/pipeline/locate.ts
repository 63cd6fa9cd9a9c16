import { notImplemented } from "../aws-fault.ts";
import type { Service } from "../services/service.ts";
import { isRegion } from "../state/regions.ts";
import { readTarget } from "../wire/aws-json.ts";
import type { WireRequest } from "../wire/wire.ts";
import { checkEndpointScope } from "./endpoint-scope.ts";
import { type SignatureFaults, signatureFaults } from "./signature-faults.ts";

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
 * @param faults how the service that the request seems to be for refuses what is not signed
 * @throws AwsFault for a signature that is missing, of another kind or for another endpoint, 501 for what is not modelled
 */
export function locate(
  request: WireRequest,
  services: ReadonlyMap<string, Service>,
  faults: SignatureFaults,
): Location {
  if (isPresigned(request)) throw notImplemented("A signature in the query string (a presigned URL)");
  const signature = readSignature(request.headers["authorization"], faults);
  const service = services.get(signature.signingName);
  if (!service) throw notImplemented(`The service "${signature.signingName}"`);
  checkRegion(signature, signatureFaults(service.name));
  checkEndpointScope(request.host, signature, services, signatureFaults(service.name));
  // A global service is in one Region, whichever a client at a local endpoint happens to sign for.
  const region = service.globalRegion ?? signature.region;
  return { service, signature, region, globalEndpoint: request.host === "sts.amazonaws.com" };
}

/**
 * A Region that does not exist has no endpoint, so AWS answers nothing at all. The one endpoint here says what AWS's
 * endpoints say of a signature for a Region other than theirs (docs/aws-behaviour.md, section 9).
 */
function checkRegion({ region }: Signature, faults: SignatureFaults): void {
  if (!isRegion(region)) throw faults.otherRegion(region, "us-east-1");
}

/** By Signature Version 4, or by version 2, in which S3's oldest presigned URLs are written. */
function isPresigned({ query }: WireRequest): boolean {
  return query.has("X-Amz-Signature") || (query.has("AWSAccessKeyId") && query.has("Signature"));
}

function readSignature(header: string | undefined, faults: SignatureFaults): Signature {
  if (header === undefined) throw faults.unsigned();
  const [, accessKeyId, date, region, signingName, signedHeaders, hash] = pattern.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !signingName || !signedHeaders || !hash) throw faults.otherSignature();
  return { accessKeyId, date, region, signingName, signedHeaders: signedHeaders.split(";"), hash };
}

/**
 * The language in which to refuse a request whose service could not be found: the one its headers suggest. A service that
 * is not modelled is refused in the words of one that speaks JSON or XML alike.
 */
export function likelyService(request: WireRequest, services: readonly Service[]): Service | undefined {
  const { service: target } = readTarget(request);
  const named = target === undefined ? undefined : services.find(({ model }) => model.target === target);
  return named ?? services.find(({ name }) => name === speaker(request));
}

function speaker(request: WireRequest): string {
  const contentType = request.headers["content-type"] ?? "";
  if (request.headers["x-amz-target"] !== undefined || contentType.includes("json")) return "organizations";
  const isForm = request.query.has("Action") || contentType.includes("form-urlencoded");
  return isForm || (request.method === "POST" && request.path === "/") ? "sts" : "s3";
}
