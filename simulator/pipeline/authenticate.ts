import { createHash, timingSafeEqual } from "node:crypto";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { AwsFault } from "../aws-fault.ts";
import type { Clock } from "../clock.ts";
import type { Credential } from "../state/iam.ts";
import type { State } from "../state/state.ts";
import type { WireRequest } from "../wire/wire.ts";
import type { Location, Signature } from "./locate.ts";
import { newestMilliseconds, oldestMilliseconds, type SignatureFaults, signatureFaults } from "./signature-faults.ts";

/**
 * Proves who sent a request: signs it again with the secret that belongs to the access key and compares. Remembers when
 * a long-term key was last used.
 *
 * @throws AwsFault with the service's own code for an unknown key, a wrong or expired token, a wrong signature, a clock
 *   too far away
 */
export async function authenticate(
  request: WireRequest,
  location: Location,
  state: State,
  clock: Clock,
): Promise<Credential> {
  const faults = signatureFaults(location.service.name);
  const credential = state.credentials.get(location.signature.accessKeyId);
  if (!credential || !isActive(credential)) throw faults.unknownKey();
  checkToken(request, credential, clock, faults);
  const signedAt = signingDate(request);
  if (!signedAt) throw missingDate();
  checkSkew(signedAt, clock, faults);
  checkBodyHash(request, location, faults);
  if (!(await isSignedWith(secretOf(credential), request, location, signedAt))) throw faults.wrongSignature();
  noteUse(credential, location, clock);
  return credential;
}

function isActive(credential: Credential): boolean {
  return credential.kind !== "long-term key" || credential.key.status === "Active";
}

function secretOf(credential: Credential): string {
  return credential.kind === "long-term key" ? credential.key.secret : credential.secretAccessKey;
}

function checkToken(request: WireRequest, credential: Credential, clock: Clock, faults: SignatureFaults): void {
  const token = request.headers["x-amz-security-token"];
  if (credential.kind === "long-term key") {
    if (token !== undefined) throw faults.wrongToken();
    return;
  }
  if (token !== credential.sessionToken) throw faults.wrongToken();
  if (credential.expires <= clock.now()) throw faults.expiredToken();
}

function signingDate(request: WireRequest): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(request.headers["x-amz-date"] ?? "");
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second));
}

function missingDate(): AwsFault {
  return new AwsFault("IncompleteSignature", "Authorization header requires existence of a 'X-Amz-Date' header.");
}

/** A request may be fifteen minutes old and, because clocks differ, come from five minutes ahead. */
function checkSkew(signedAt: Date, clock: Clock, faults: SignatureFaults): void {
  const now = clock.now();
  const age = now.getTime() - signedAt.getTime();
  if (age > oldestMilliseconds) throw faults.expiredSignature(signedAt, now);
  if (age < -newestMilliseconds) throw faults.prematureSignature(signedAt, now);
}

/**
 * A client may state the body's hash in a header, which is what it then signs: the hash has to be true. S3 alone takes
 * bodies whose hash is not signed, or signed part by part.
 */
function checkBodyHash(request: WireRequest, { service }: Location, faults: SignatureFaults): void {
  const stated = request.headers["x-amz-content-sha256"];
  const isS3 = service.name === "s3";
  if (stated === undefined || (isS3 && !/^[0-9a-f]{64}$/.test(stated))) return;
  if (createHash("sha256").update(request.body).digest("hex") === stated) return;
  if (!isS3) throw faults.wrongSignature();
  throw new AwsFault(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

async function isSignedWith(
  secretAccessKey: string,
  request: WireRequest,
  location: Location,
  at: Date,
): Promise<boolean> {
  const { signature, service } = location;
  const signer = new SignatureV4({
    credentials: { accessKeyId: signature.accessKeyId, secretAccessKey },
    region: signature.region,
    service: signature.signingName,
    sha256: Sha256,
    applyChecksum: service.name === "s3",
    uriEscapePath: service.name !== "s3",
  });
  const again = await signer.sign(unsigned(request, signature), {
    signingDate: at,
    signableHeaders: new Set(signature.signedHeaders),
  });
  const hash = /Signature=([0-9a-f]{64})$/.exec(again.headers["authorization"] ?? "")?.[1] ?? "";
  return hash.length === signature.hash.length && timingSafeEqual(Buffer.from(hash), Buffer.from(signature.hash));
}

function unsigned(request: WireRequest, signature: Signature): HttpRequest {
  const headers = Object.entries(request.headers).filter(([name]) => signature.signedHeaders.includes(name));
  const query: Record<string, string | string[]> = {};
  for (const name of request.query.keys()) {
    const values = request.query.getAll(name);
    query[name] = values.length > 1 ? values : (values[0] ?? "");
  }
  const { method, path, body } = request;
  return new HttpRequest({
    method,
    path,
    query,
    headers: Object.fromEntries(headers),
    body,
    protocol: "http:",
    hostname: "sandbox",
  });
}

function noteUse(credential: Credential, { service, region }: Location, clock: Clock): void {
  if (credential.kind !== "long-term key") return;
  credential.key.lastUsed = { at: clock.now(), service: service.name, region };
}
