import fc from "fast-check";

/** Bucket policies of which many lock the bucket, some do not, and some do together. */

export const owner = "333333333333";
export const bucket = "arn:aws:s3:::orders";
export const roles = ["Admin", "team/Audit"].map((name) => `arn:aws:iam::${owner}:role/${name}`);
export const users = [`arn:aws:iam::${owner}:user/ops`];
const named = fc.constantFrom(...roles, ...users, owner, `arn:aws:iam::${owner}:root`, "444444444444");

const principals = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ Principal: "*" }) },
  { weight: 1, arbitrary: fc.array(named, { minLength: 1, maxLength: 2 }).map((AWS) => ({ Principal: { AWS } })) },
  { weight: 1, arbitrary: fc.array(named, { minLength: 1, maxLength: 3 }).map((AWS) => ({ NotPrincipal: { AWS } })) },
);

const conditions = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  {},
  { Bool: { "aws:SecureTransport": "false" } },
  { NumericLessThan: { "s3:TlsVersion": "1.2" } },
  { StringNotEquals: { "aws:PrincipalArn": roles } },
  { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${owner}:role/Adm*` } },
  { ArnNotEquals: { "aws:PrincipalArn": users } },
  { ArnEquals: { "aws:PrincipalArn": roles } },
  { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
  { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1" }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
  { Null: { "aws:PrincipalTag/team": "true" } },
  { "ForAllValues:StringNotEquals": { "aws:PrincipalOrgPaths": "o-1/r-1/" } },
  { StringNotEquals: { "s3:x-amz-acl": "private" } },
  { StringNotEquals: { "aws:PrincipalAccount": owner }, Bool: { "aws:SecureTransport": "true" } },
);

const statement = fc
  .record({
    Sid: fc.constantFrom("One", 'a "}]', "Statement"),
    Effect: fc.constantFrom("Deny", "Deny", "Deny", "Allow"),
    whom: principals,
    Action: fc.constantFrom("s3:*", "*", "s3:GetBucketPolicy", "s3:Put*", "s3:DeleteBucketPolicy", "s3:GetObject"),
    Resource: fc.constantFrom<string | string[]>([bucket, `${bucket}/*`], bucket, `${bucket}/*`, "arn:aws:s3:::*"),
    Condition: conditions,
  })
  .map(({ whom, Effect, ...rest }) => {
    // NotPrincipal goes with Deny only.
    const isSparing = "NotPrincipal" in whom;
    return { ...rest, Effect: isSparing ? "Deny" : Effect, ...whom };
  });

const space = fc.constantFrom("", "", " ", "\n", "\n\t  ");

/** A policy's text with the texts of its statements, spaced out in whatever way. */
export interface PolicyText {
  readonly text: string;
  readonly statements: readonly string[];
}

export const policyTexts: fc.Arbitrary<PolicyText> = fc
  .record({
    statements: fc.array(
      fc.tuple(statement, fc.constantFrom(0, 2)).map(([value, indent]) => JSON.stringify(value, undefined, indent)),
      { minLength: 1, maxLength: 5 },
    ),
    spaces: fc.tuple(space, space, space, space),
    alone: fc.boolean(),
    version: fc.constantFrom("2012-10-17", "2008-10-17"),
    versionFirst: fc.boolean(),
  })
  .map(({ statements, spaces: [a, b, c, d], alone, version, versionFirst }) => {
    const list = statements.join(`${a},${b}`);
    const value = alone && statements.length === 1 ? list : `[${c}${list}${d}]`;
    const elements = [`"Version"${a}:${b}"${version}"`, `"Statement"${c}:${d}${value}`];
    const ordered = versionFirst ? elements : elements.toReversed();
    return { text: `{${a}${ordered.join(`${b},${c}`)}${d}}`, statements };
  });

/** Which of the named roles and users are known to exist. */
export const knownAdministrators: fc.Arbitrary<string[]> = fc.subarray([...roles, ...users]);
