import { readFileSync } from "node:fs";
import { expect } from "chai";
import { administratorAssumptions, findLockOut, type LockOut, type LockOutQuestion, MalformedPolicyError } from "#iam";
import { bucketArn, orders, payments } from "./sample-requests.ts";

const whole = [bucketArn, `${bucketArn}/*`];
const queueArn = `arn:aws:sqs:ap-northeast-2:${orders}:orders`;
const admin = `arn:aws:iam::${orders}:role/Admin`;
const auditor = `arn:aws:iam::${orders}:role/team/Audit`;
const ops = `arn:aws:iam::${orders}:user/ops`;

type Text = Readonly<Record<string, unknown>>;

/** A Deny of everything for everybody, unless told otherwise. */
function deny(changes: Text = {}): Text {
  const { NotPrincipal, ...others } = changes;
  const whom = NotPrincipal === undefined ? { Principal: "*" } : { NotPrincipal };
  return { Effect: "Deny", ...whom, Action: "s3:*", Resource: whole, ...others };
}

const tlsOnly = deny({ Sid: "TlsOnly", Condition: { Bool: { "aws:SecureTransport": "false" } } });
const allow = { Sid: "Read", Effect: "Allow", Principal: { AWS: payments }, Action: "s3:GetObject", Resource: whole };

function policyOf(...Statement: readonly Text[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function find(policyText: string, more: Partial<LockOutQuestion> = {}): LockOut {
  const at = new Date("2026-11-24T09:00:00Z");
  return findLockOut({ policyText, resource: bucketArn, ownerAccountId: orders, at, ...more });
}

/** The names of what locks, each with what would help. */
function locksOf(...parameters: Parameters<typeof find>): readonly (readonly string[])[] {
  return find(...parameters).locks.map(({ name, unless }) => [name, ...unless]);
}

describe("what locks a bucket", () => {
  const locking: readonly (readonly [string, Text, readonly string[]])[] = [
    ["denies everybody everything", {}, []],
    ["denies reading the policy", { Action: "s3:GetBucketPolicy" }, []],
    ["denies writing it", { Action: ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"] }, []],
    ["denies all actions but some", { NotAction: "s3:GetObject", Action: undefined }, []],
    ["denies the account", { Principal: { AWS: orders } }, []],
    [
      "spares the root user alone",
      { NotPrincipal: { AWS: `arn:aws:iam::${orders}:root` } },
      [`the caller is spared as arn:aws:iam::${orders}:root`],
    ],
    [
      "spares a role that is not known",
      { NotPrincipal: { AWS: [admin, orders] } },
      [`the caller is spared as ${admin} or ${orders}`],
    ],
    [
      "spares a principal that was deleted",
      { NotPrincipal: { AWS: "AROAEXAMPLE12345678AB" } },
      ["the caller is spared as AROAEXAMPLE12345678AB"],
    ],
    [
      "spares a role that is not known, by condition",
      { Condition: { StringNotEquals: { "aws:PrincipalArn": admin } } },
      [`aws:PrincipalArn is "${admin}"`],
    ],
    [
      "spares roles by a pattern",
      { Condition: { ArnNotLike: { "aws:PrincipalArn": [`arn:aws:iam::${orders}:role/Admin*`, ops] } } },
      [`aws:PrincipalArn is "arn:aws:iam::${orders}:role/Admin*" or "${ops}"`],
    ],
    [
      "wants a VPC endpoint",
      { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } } },
      ['aws:SourceVpce is "vpce-1a2b3c4d"'],
    ],
    [
      "wants an address, and spares requests without one",
      { Condition: { NotIpAddressIfExists: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } } },
      ['aws:SourceIp is "203.0.113.0/24" or "2001:db8::/32"'],
    ],
    ["wants a tag", { Condition: { Null: { "aws:PrincipalTag/team": "true" } } }, ['aws:PrincipalTag/team is "*"']],
    [
      "wants an organization that is not known to be the account's",
      { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-example" } } },
      ['aws:PrincipalOrgID is "o-example"'],
    ],
    ["denies since last year", { Condition: { DateGreaterThan: { "aws:CurrentTime": "2025-01-01T00:00:00Z" } } }, []],
    [
      "wants an encryption header that only uploads have",
      { Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "AES256" } } },
      [],
    ],
    [
      "is meant for services and does not say so",
      { Condition: { StringNotEqualsIfExists: { "aws:SourceAccount": orders } } },
      [],
    ],
    ["wants plain HTTP", { Condition: { Bool: { "aws:SecureTransport": "true" } } }, []],
  ];
  for (const [says, changes, unless] of locking) {
    it(`a statement that ${says}`, () => {
      expect(locksOf(policyOf(allow, deny(changes), tlsOnly))).to.deep.equal([["statement 2", ...unless]]);
    });
  }
});

describe("what does not lock a bucket", () => {
  const harmless: readonly (readonly [string, Text])[] = [
    ["allows", allow],
    ["wants TLS", tlsOnly],
    ["wants TLS 1.2", deny({ Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } })],
    [
      "wants signature version 4",
      deny({ Condition: { StringNotEquals: { "s3:signatureversion": "AWS4-HMAC-SHA256" } } }),
    ],
    ["wants fresh signatures", deny({ Condition: { NumericGreaterThan: { "s3:signatureAge": "600000" } } })],
    ["wants MFA", deny({ Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } })],
    ["wants the owner's account", deny({ Condition: { StringNotEquals: { "aws:PrincipalAccount": orders } } })],
    [
      "wants caller and resource in one account",
      deny({ Condition: { StringNotEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } } }),
    ],
    ["denies uploads", deny({ Action: "s3:PutObject" })],
    ["denies everything with objects", deny({ Resource: `${bucketArn}/*` })],
    ["denies deleting the policy, which whoever writes it can lift", deny({ Action: "s3:DeleteBucketPolicy" })],
    ["denies another account", deny({ Principal: { AWS: payments } })],
    ["denies one user", deny({ Principal: { AWS: ops } })],
    ["denies one role by condition", deny({ Condition: { ArnEquals: { "aws:PrincipalArn": auditor } } })],
    ["denies an address range", deny({ Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })],
    [
      "denies what services do for others",
      deny({
        Condition: {
          StringNotEqualsIfExists: { "aws:SourceAccount": orders },
          Bool: { "aws:PrincipalIsAWSService": "true" },
        },
      }),
    ],
    ["denied until last year", deny({ Condition: { DateLessThan: { "aws:CurrentTime": "2025-01-01T00:00:00Z" } } })],
  ];
  for (const [says, statement] of harmless) {
    it(`a statement that ${says}`, () => {
      const { locks, remedy, stays } = find(policyOf(statement));
      expect(locks).to.deep.equal([]);
      expect(remedy).to.deep.equal({ kind: "leave" });
      expect(stays.map(({ because }) => because.length > 0)).to.deep.equal([statement["Effect"] === "Deny"]);
    });
  }
});

describe("what is known of the administrators", () => {
  const allButAdmin = deny({ Sid: "AllButAdmin", Condition: { ArnNotEquals: { "aws:PrincipalArn": admin } } });
  const allButAuditor = deny({ Sid: "AllButAuditor", Condition: { ArnNotEquals: { "aws:PrincipalArn": auditor } } });

  it("a role that exists gets around a statement that spares it", () => {
    expect(locksOf(policyOf(allButAdmin), { administrators: [admin] })).to.deep.equal([]);
    expect(locksOf(policyOf(allButAdmin), { administrators: [auditor] })).to.have.length(1);
  });

  it("is used to remove as little as possible", () => {
    const policyText = policyOf(allButAdmin, deny({ Sid: "All" }), allButAuditor);
    expect(locksOf(policyText).map(([name]) => name)).to.deep.equal(["AllButAdmin", "All", "AllButAuditor"]);
    const { locks, administrator } = find(policyText, { administrators: [admin] });
    expect(locks.map(({ name }) => name)).to.deep.equal(["All", "AllButAuditor"]);
    expect(administrator.principal.roleArn).to.equal(admin);
  });

  it("a user is spared together with the account, a role never without the name of its session", () => {
    const sparing = (arn: string): string => policyOf(deny({ NotPrincipal: { AWS: [arn, orders] } }));
    expect(locksOf(sparing(ops), { administrators: [ops] })).to.deep.equal([]);
    expect(locksOf(sparing(admin), { administrators: [admin] })).to.have.length(1);
  });

  it("the organization, an endpoint or an address may be known", () => {
    const inOrganization = policyOf(deny({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }));
    expect(locksOf(inOrganization, { organizationId: "o-1" })).to.deep.equal([]);
    expect(locksOf(inOrganization, { organizationId: "o-2" })).to.deep.equal([["statement 1"]]);
    const byEndpoint = policyOf(deny({ Condition: { StringNotEquals: { "aws:sourceVpce": "vpce-1" } } }));
    expect(locksOf(byEndpoint, { circumstances: { "aws:SourceVpce": "vpce-1" } })).to.deep.equal([]);
    expect(locksOf(byEndpoint, { circumstances: { "aws:SourceVpce": "vpce-2" } })).to.deep.equal([["statement 1"]]);
  });
});

describe("a finding", () => {
  it("names a statement by its place where its Sid is empty, and beside a Sid that another one has, too", () => {
    const { locks, stays, remedy } = find(
      policyOf(deny({ Sid: "" }), deny({ Sid: "A" }), { ...tlsOnly, Sid: "A" }, deny({ Sid: "B" })),
    );
    expect(locks.map(({ name }) => name)).to.deep.equal(["statement 1", "A (statement 2)", "B"]);
    expect(stays.map(({ name }) => name)).to.deep.equal(["A (statement 3)"]);
    expect(remedy).to.deep.equal({ kind: "put", policyText: policyOf({ ...tlsOnly, Sid: "A" }) });
  });

  it("offers no way around by leaving out what every request has", () => {
    for (const key of ["aws:PrincipalArn", "AWS:principalarn", "aws:PrincipalType", "aws:userid"]) {
      expect(locksOf(policyOf(deny({ Condition: { StringLike: { [key]: "*" } } }))), key).to.deep.equal([
        ["statement 1"],
      ]);
    }
  });

  it("has the statement's text, what it denies and why", () => {
    const [lock] = find(policyOf(deny({ Sid: "NoRead", Action: "s3:Get*" }))).locks;
    expect(lock).to.deep.include({ name: "NoRead", denies: ["s3:GetBucketPolicy"] });
    expect(lock?.text).to.equal(JSON.stringify(deny({ Sid: "NoRead", Action: "s3:Get*" })));
    expect(lock?.because).to.deep.equal([
      "Action: s3:GetBucketPolicy matches s3:Get*",
      `Resource: it is ${bucketArn}`,
      `Principal: arn:aws:sts::${orders}:assumed-role/unnamed-administrator/unnamed is named`,
    ]);
  });

  it("for a queue is about its attributes", () => {
    const Statement = { Effect: "Deny", Principal: "*", Action: "SQS:SetQueueAttributes", Resource: queueArn };
    const policyText = JSON.stringify({ Version: "2008-10-17", Statement });
    expect(find(policyText, { resource: queueArn })).to.deep.include({ remedy: { kind: "delete" } });
    expect(find(policyText, { resource: queueArn }).locks[0]?.denies).to.deep.equal(["sqs:SetQueueAttributes"]);
    const sending = JSON.stringify({ Statement: { ...Statement, Action: "SQS:SendMessage" } });
    expect(find(sending, { resource: queueArn }).remedy).to.deep.equal({ kind: "leave" });
  });

  it("is refused for what cannot be read, and for other resources", () => {
    expect(() => find(policyOf(deny({ Condition: { StringMaybe: { "aws:A": "x" } } })))).to.throw(MalformedPolicyError);
    expect(() => find(policyOf(deny()), { resource: "arn:aws:sns:eu-west-1:333333333333:t" })).to.throw(
      RangeError,
      "neither a bucket nor a queue",
    );
  });
});

describe("the text that is left", () => {
  const lock = JSON.stringify(deny({ Sid: 'a "quoted" } ] name' }));
  const first = ' { "Sid" : "One{",\n\t"Effect":"Allow" , "Principal":"*","Action":"s3:Get*","Resource":"*" }';
  const last = JSON.stringify(tlsOnly, null, 4);
  const remedies: readonly (readonly [string, string, string | undefined])[] = [
    [
      "the first goes",
      `{"Statement" : [${lock} ,\n${first}\t,${last} ] ,"Version": "2012-10-17"}\n`,
      `{"Statement" : [${first.trim()}\t,${last} ] ,"Version": "2012-10-17"}\n`,
    ],
    [
      "one in the middle goes",
      `{"Id":"Statement","Statement":[${first},${lock}\n ,\n ${last}]}`,
      `{"Id":"Statement","Statement":[${first}\n ,\n ${last}]}`,
    ],
    ["the last goes", `{ "\\u0053tatement":[ ${first} ,  ${lock} ]}`, `{ "\\u0053tatement":[ ${first} ]}`],
    ["all of a list go", `{"Statement":[${lock},${lock}]}`, undefined],
    ["the only one goes", `{"Statement":${lock},"Version":"2012-10-17"}`, undefined],
  ];
  for (const [says, before, after] of remedies) {
    it(`is the rest byte for byte, when ${says}`, () => {
      expect(find(before).remedy).to.deep.equal(
        after === undefined ? { kind: "delete" } : { kind: "put", policyText: after },
      );
    });
  }
});

describe("docs/what-locks.md", () => {
  it("has the table of assumptions as it is, line by line", () => {
    const page = readFileSync(new URL("../../docs/what-locks.md", import.meta.url), "utf8");
    const cells = page
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const facts = {
      ownerAccountId: "111122223333",
      organizationId: "o-example",
      at: new Date("2026-11-24T09:00:00Z"),
    };
    const table = administratorAssumptions.map(({ key, value, certain, because }) => {
      const text = value(facts);
      return [`\`${key}\``, text === undefined ? "absent" : `\`${text}\``, certain ? "yes" : "no", because];
    });
    expect(cells).to.deep.equal(table);
  });
});
