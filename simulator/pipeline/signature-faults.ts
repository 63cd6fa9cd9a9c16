import { AwsFault } from "../aws-fault.ts";

/** How old a signed request may be, and how far ahead of the simulator's clock. */
export const oldestMilliseconds = 15 * 60 * 1000;
export const newestMilliseconds = 5 * 60 * 1000;

/** What a service answers when it does not believe who sent a request. */
export interface SignatureFaults {
  readonly unsigned: () => AwsFault;
  /** There is an Authorization header, of another kind or with parts missing. */
  readonly otherSignature: () => AwsFault;
  /** Signed for another service or Region than the endpoint's. */
  readonly otherService: (expected: string) => AwsFault;
  readonly otherRegion: (signed: string, expected: string) => AwsFault;
  readonly unknownKey: () => AwsFault;
  readonly wrongToken: () => AwsFault;
  readonly expiredToken: () => AwsFault;
  /** There is no X-Amz-Date, or one that is no date. */
  readonly missingDate: (date: string | undefined) => AwsFault;
  readonly expiredSignature: (signedAt: Date, now: Date) => AwsFault;
  readonly prematureSignature: (signedAt: Date, now: Date) => AwsFault;
  readonly wrongSignature: () => AwsFault;
  /** The credential scope is of another day than the request. */
  readonly otherDay: (scopeDay: string, date: string) => AwsFault;
  /** Headers that have to be signed and are not, in lower case. */
  readonly unsignedHeaders: (names: readonly string[]) => AwsFault;
}

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";
const invalidToken = "The security token included in the request is invalid";
const unsigned = "Request is missing Authentication Token";
const otherSignature = "The authorization header is not an AWS Signature Version 4.";
const wrongRegion = "Credential should be scoped to a valid region.";
const unsignedHost = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
const expiredToken = "The security token included in the request is expired";

/** S3 has its own words for everything that is wrong with a signature; the JSON services have codes of their own. */
export function signatureFaults(service: string): SignatureFaults {
  if (service === "s3") return s3Faults;
  if (service === "ec2") return ec2Faults;
  if (service === "account") return restJsonFaults;
  return ["sts", "iam", "sns"].includes(service) ? queryFaults : jsonFaults;
}

const queryFaults: SignatureFaults = {
  unsigned: fault("MissingAuthenticationToken", unsigned, 403),
  otherSignature: fault("IncompleteSignature", otherSignature, 400),
  missingDate: (date) => new AwsFault("IncompleteSignature", dateNeeded(date)),
  otherService: (expected) => new AwsFault("SignatureDoesNotMatch", wrongService(expected), { status: 403 }),
  otherRegion: fault("SignatureDoesNotMatch", wrongRegion, 403),
  unknownKey: fault("InvalidClientTokenId", `${invalidToken}.`, 403),
  wrongToken: fault("InvalidClientTokenId", `${invalidToken}.`, 403),
  expiredToken: fault("ExpiredToken", expiredToken, 403),
  expiredSignature: (signedAt, now) => new AwsFault("SignatureDoesNotMatch", tooOld(signedAt, now), { status: 403 }),
  prematureSignature: (signedAt, now) => new AwsFault("SignatureDoesNotMatch", tooNew(signedAt, now), { status: 403 }),
  wrongSignature: fault("SignatureDoesNotMatch", mismatch, 403),
  otherDay: (scopeDay, date) => new AwsFault("SignatureDoesNotMatch", otherDay(scopeDay, date), { status: 403 }),
  unsignedHeaders: fault("SignatureDoesNotMatch", unsignedHost, 403),
};

const jsonFaults: SignatureFaults = {
  unsigned: fault("MissingAuthenticationTokenException", unsigned, 400),
  otherSignature: fault("IncompleteSignatureException", otherSignature, 400),
  missingDate: (date) => new AwsFault("IncompleteSignatureException", dateNeeded(date)),
  otherService: (expected) => new AwsFault("InvalidSignatureException", wrongService(expected)),
  otherRegion: fault("InvalidSignatureException", wrongRegion, 400),
  unknownKey: fault("UnrecognizedClientException", `${invalidToken}.`, 400),
  wrongToken: fault("UnrecognizedClientException", `${invalidToken}.`, 400),
  expiredToken: fault("ExpiredTokenException", expiredToken, 400),
  expiredSignature: (signedAt, now) => new AwsFault("InvalidSignatureException", tooOld(signedAt, now)),
  prematureSignature: (signedAt, now) => new AwsFault("InvalidSignatureException", tooNew(signedAt, now)),
  wrongSignature: fault("InvalidSignatureException", mismatch, 400),
  otherDay: (scopeDay, date) => new AwsFault("InvalidSignatureException", otherDay(scopeDay, date)),
  unsignedHeaders: fault("InvalidSignatureException", unsignedHost, 400),
};

/** The same as from the other JSON services, but for the status (docs/aws-behaviour.md, section 11). */
const restJsonFaults: SignatureFaults = {
  unsigned: fault("MissingAuthenticationTokenException", unsigned, 403),
  otherSignature: fault("IncompleteSignatureException", otherSignature, 403),
  missingDate: (date) => new AwsFault("IncompleteSignatureException", dateNeeded(date), { status: 403 }),
  otherService: (expected) => new AwsFault("InvalidSignatureException", wrongService(expected), { status: 403 }),
  otherRegion: fault("InvalidSignatureException", wrongRegion, 403),
  unknownKey: fault("UnrecognizedClientException", `${invalidToken}.`, 403),
  wrongToken: fault("UnrecognizedClientException", `${invalidToken}.`, 403),
  expiredToken: fault("ExpiredTokenException", expiredToken, 403),
  expiredSignature: (signedAt, now) =>
    new AwsFault("InvalidSignatureException", tooOld(signedAt, now), { status: 403 }),
  prematureSignature: (signedAt, now) =>
    new AwsFault("InvalidSignatureException", tooNew(signedAt, now), { status: 403 }),
  wrongSignature: fault("InvalidSignatureException", mismatch, 403),
  otherDay: (scopeDay, date) => new AwsFault("InvalidSignatureException", otherDay(scopeDay, date), { status: 403 }),
  unsignedHeaders: fault("InvalidSignatureException", unsignedHost, 403),
};

const ec2AuthFailure = fault("AuthFailure", "AWS was not able to validate the provided access credentials", 401);

const ec2Faults: SignatureFaults = {
  unsigned: queryFaults.unsigned,
  otherSignature: queryFaults.otherSignature,
  missingDate: queryFaults.missingDate,
  otherService: queryFaults.otherService,
  otherRegion: queryFaults.otherRegion,
  unknownKey: ec2AuthFailure,
  wrongToken: ec2AuthFailure,
  expiredToken: fault("RequestExpired", "Request has expired.", 400),
  expiredSignature: fault("RequestExpired", "Request has expired.", 400),
  prematureSignature: ec2AuthFailure,
  wrongSignature: ec2AuthFailure,
  otherDay: ec2AuthFailure,
  unsignedHeaders: ec2AuthFailure,
};

const s3Skewed = fault(
  "RequestTimeTooSkewed",
  "The difference between the request time and the current time is too large.",
  403,
);

/** To S3 a request that is not signed is anybody's. Here nobody reads anonymously, whatever a bucket's policy allows. */
const s3Faults: SignatureFaults = {
  unsigned: fault("AccessDenied", "Access Denied", 403),
  otherSignature: fault("AuthorizationHeaderMalformed", otherSignature, 400),
  missingDate: fault("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403),
  otherService: (expected) => malformedHeader(`incorrect service. This endpoint belongs to "${expected}".`),
  otherRegion: (signed, expected) => malformedHeader(`the region '${signed}' is wrong; expecting '${expected}'`),
  unknownKey: fault("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
  wrongToken: fault("InvalidToken", "The provided token is malformed or otherwise invalid.", 400),
  expiredToken: fault("ExpiredToken", "The provided token has expired.", 400),
  expiredSignature: s3Skewed,
  prematureSignature: s3Skewed,
  wrongSignature: fault("SignatureDoesNotMatch", mismatch, 403),
  otherDay: (scopeDay, date) =>
    malformedHeader(
      `Invalid credential date "${scopeDay}". This date is not the same as X-Amz-Date: "${date.slice(0, 8)}".`,
    ),
  unsignedHeaders: (names) =>
    new AwsFault("AccessDenied", "There were headers present in the request which were not signed", {
      status: 403,
      members: { HeadersNotSigned: names.join(", ") },
    }),
};

function fault(code: string, message: string, status: number): () => AwsFault {
  return () => new AwsFault(code, message, { status });
}

function dateNeeded(date: string | undefined): string {
  return date === undefined
    ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
    : `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`;
}

function wrongService(expected: string): string {
  return `Credential should be scoped to correct service: '${expected}'.`;
}

function malformedHeader(why: string): AwsFault {
  return new AwsFault("AuthorizationHeaderMalformed", `The authorization header is malformed; ${why}`);
}

function otherDay(scopeDay: string, date: string): string {
  const rule = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP";
  return `${rule}: '${scopeDay}' != '${date.slice(0, 8)}', from '${date}'.`;
}

function tooOld(signedAt: Date, now: Date): string {
  const bound = new Date(now.getTime() - oldestMilliseconds);
  return `Signature expired: ${basic(signedAt)} is now earlier than ${basic(bound)} (${basic(now)} - 15 min.)`;
}

function tooNew(signedAt: Date, now: Date): string {
  const bound = new Date(now.getTime() + newestMilliseconds);
  return `Signature not yet current: ${basic(signedAt)} is still later than ${basic(bound)} (${basic(now)} + 5 min.)`;
}

/** ISO 8601 without separators, as signatures have it: `20260105T090000Z`. */
function basic(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
