import { hash, timingSafeEqual } from "node:crypto";
import { AwsFault } from "../aws-fault.ts";
import type { Clock } from "../clock.ts";
import type { Credential } from "../state/iam.ts";
import { isOpenRegion } from "../state/regions.ts";
import type { State } from "../state/state.ts";
import type { WireRequest } from "../wire/wire.ts";
import type { Location } from "./locate.ts";
import { newestMilliseconds, oldestMilliseconds, type SignatureFaults, signatureFaults } from "./signature-faults.ts";
import { signatureOf } from "./signature-v4.ts";

/**
 * Proves who sent a request: signs it again with the secret that belongs to the access key and compares. Remembers when
 * a long-term key was last used.
 *
 * @throws AwsFault with the service's own code for an unknown key, a wrong or expired token, a wrong signature, a clock
 *   too far away
 */
export function authenticate(request: WireRequest, location: Location, state: State, clock: Clock): Credential {
  const faults = signatureFaults(location.service.name);
  const credential = state.credentials.get(location.signature.accessKeyId);
  if (!credential || !isActive(credential) || !isKnownIn(location.region, credential, state, clock)) {
    throw faults.unknownKey();
  }
  checkToken(request, credential, clock, faults);
  const signedAt = signingDate(request);
  if (!signedAt) throw faults.missingDate(request.headers["x-amz-date"]);
  checkSkew(signedAt, clock, faults);
  checkDay(request, location, faults);
  checkSignedHeaders(request, location, faults);
  checkBodyHash(request, location, faults);
  if (!isSignedWith(secretOf(credential), request, location)) throw faults.wrongSignature();
  noteUse(credential, location, clock);
  return credential;
}

function isActive(credential: Credential): boolean {
  return credential.kind !== "long-term key" || credential.key.status === "Active";
}

/** AWS does not carry an account's credentials into a Region that is not enabled for it. */
function isKnownIn(region: string, { accountId }: Credential, { regionOptIns }: State, clock: Clock): boolean {
  return isOpenRegion(region, accountId, regionOptIns, clock.now());
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
  const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? date : undefined;
}

/** A request may be fifteen minutes old and, because clocks differ, come from five minutes ahead. */
function checkSkew(signedAt: Date, clock: Clock, faults: SignatureFaults): void {
  const now = clock.now();
  const age = now.getTime() - signedAt.getTime();
  if (age > oldestMilliseconds) throw faults.expiredSignature(signedAt, now);
  if (age < -newestMilliseconds) throw faults.prematureSignature(signedAt, now);
}

function checkDay({ headers }: WireRequest, { signature }: Location, faults: SignatureFaults): void {
  const date = headers["x-amz-date"] ?? "";
  if (!date.startsWith(signature.date)) throw faults.otherDay(signature.date, date);
}

/** What a signature leaves open, somebody else could have set: the host in any case, and to S3 whatever is its own. */
function checkSignedHeaders({ headers }: WireRequest, location: Location, faults: SignatureFaults): void {
  const { signature, service } = location;
  const isToBeSigned = (name: string): boolean =>
    name === "host" || (service.name === "s3" && name.startsWith("x-amz-"));
  const open = Object.keys(headers).filter((name) => isToBeSigned(name) && !signature.signedHeaders.includes(name));
  if (open.length > 0) throw faults.unsignedHeaders(open);
}

function missingBodyHash(): AwsFault {
  return new AwsFault("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
}

/**
 * A client may state the body's hash in a header, which is what it then signs: the hash has to be true. S3 alone takes
 * bodies whose hash is not signed, or signed part by part, and it alone insists on the header.
 */
function checkBodyHash(request: WireRequest, { service }: Location, faults: SignatureFaults): void {
  const stated = request.headers["x-amz-content-sha256"];
  const isS3 = service.name === "s3";
  if (isS3 && stated === undefined) throw missingBodyHash();
  if (stated === undefined || (isS3 && !/^[0-9a-f]{64}$/.test(stated))) return;
  if (hash("sha256", request.body, "hex") === stated) return;
  if (!isS3) throw faults.wrongSignature();
  throw new AwsFault(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

function isSignedWith(secretAccessKey: string, request: WireRequest, { signature, service }: Location): boolean {
  const { signedHeaders, region, signingName } = signature;
  // AWS does not take a signature that leaves its own date open.
  if (!signedHeaders.includes("x-amz-date")) return false;
  const date = request.headers["x-amz-date"] ?? "";
  const pathAsSent = service.name === "s3";
  const expected = signatureOf(request, { secretAccessKey, date, region, signingName, signedHeaders, pathAsSent });
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature.hash));
}

function noteUse(credential: Credential, { service, region }: Location, clock: Clock): void {
  if (credential.kind !== "long-term key") return;
  credential.key.lastUsed = { at: clock.now(), service: service.name, region };
}
