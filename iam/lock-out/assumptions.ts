/** What is known of the account, its organization and the moment of the question. */
export interface AccountFacts {
  readonly ownerAccountId: string;
  readonly organizationId?: string;
  readonly at: Date;
}

/** What the requests of an administrator are taken to be like, as far as one condition key goes. */
export interface Assumption {
  /** The key as AWS spells it; a `*` at its end stands for the rest of a name. */
  readonly key: string;
  /** The key's value, `undefined` for a key that the requests do not have. */
  readonly value: (facts: AccountFacts) => string | undefined;
  /**
   * Whether it is so for every administrator. Where it is not, a statement that depends on it is reported as one that
   * locks unless the key is otherwise.
   */
  readonly certain: boolean;
  readonly because: string;
}

/**
 * How an administrator of the account is taken to ask for the policy. The first line that fits a key counts. What is
 * taken for granted is what any administrator can bring about alone and at once: TLS, a current signature, a fresh sign-in
 * with MFA. A network path, an address, a tag or a particular name are not.
 *
 * Sources: IAM User Guide, "AWS global condition context keys"; Amazon S3 User Guide, "Bucket policy examples using
 * condition keys" and "Amazon S3 Signature Version 4 authentication specific policy keys".
 */
export const assumptions: readonly Assumption[] = [
  known("aws:SecureTransport", () => "true", "every current client uses TLS"),
  known("s3:TlsVersion", () => "1.3", "every current client can"),
  known("s3:signatureversion", () => "AWS4-HMAC-SHA256", "every current client signs so"),
  known("s3:authType", () => "REST-HEADER", "every current client signs so"),
  known("s3:signatureAge", () => "1000", "a request is signed when it is sent; in milliseconds"),
  known("aws:MultiFactorAuthPresent", () => "true", "an administrator can sign in with MFA"),
  known("aws:MultiFactorAuthAge", () => "60", "an administrator can sign in anew; in seconds"),
  known("aws:CurrentTime", ({ at }) => at.toISOString(), "the moment of the question"),
  known("aws:EpochTime", ({ at }) => String(Math.floor(at.getTime() / 1000)), "the moment of the question"),
  known("aws:TokenIssueTime", ({ at }) => at.toISOString(), "an administrator can sign in anew"),
  known("aws:PrincipalAccount", ({ ownerAccountId }) => ownerAccountId, "an administrator of the owner's account"),
  known("aws:ResourceAccount", ({ ownerAccountId }) => ownerAccountId, "the owner's account"),
  known("s3:ResourceAccount", ({ ownerAccountId }) => ownerAccountId, "the owner's account"),
  known("aws:PrincipalIsAWSService", () => "false", "an administrator is no AWS service"),
  known("aws:ViaAWSService", () => "false", "an administrator asks directly"),
  known("aws:CalledVia*", () => undefined, "an administrator asks directly"),
  known("aws:SourceArn", () => undefined, "only requests of AWS services have it"),
  known("aws:SourceAccount", () => undefined, "only requests of AWS services have it"),
  known("aws:SourceOrg*", () => undefined, "only requests of AWS services have it"),
  known("aws:PrincipalServiceName*", () => undefined, "only requests of AWS services have it"),
  known("aws:AssumedRoot", () => undefined, "only root sessions have it"),
  known("s3:*", () => undefined, "reading or writing a policy does not have it"),
  known("sqs:*", () => undefined, "reading or writing a policy does not have it"),
  open("aws:PrincipalOrgID", ({ organizationId }) => organizationId, "known when the organization is"),
  open("aws:ResourceOrgID", ({ organizationId }) => organizationId, "known when the organization is"),
  open("aws:SourceIp", () => "240.0.0.1", "an address that no range is likely to hold: from where, is not known"),
  open("aws:PrincipalType", () => "AssumedRole", "most administrators use roles"),
  open("aws:userid", () => "AROAUNNAMEDADMINISTRAT:unnamed", "a role that nobody has named"),
  open("aws:*", () => undefined, "not every administrator's requests have it"),
  open("*", () => undefined, "a key that is not known"),
];

function known(key: string, value: Assumption["value"], because: string): Assumption {
  return { key, value, certain: true, because };
}

function open(key: string, value: Assumption["value"], because: string): Assumption {
  return { key, value, certain: false, because };
}

/** The line of the table for a condition key. */
export function assumptionFor(key: string): Assumption | undefined {
  const name = key.toLowerCase();
  return assumptions.find(({ key: known }) => {
    const pattern = known.toLowerCase();
    return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  });
}
