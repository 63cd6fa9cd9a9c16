import { expect } from "chai";
import { MalformedPolicyError, parsePolicy, type PolicyPurpose } from "#iam";

const minimal = { Effect: "Allow", Action: "s3:*", Resource: "*" };

function policyOf(statement: unknown, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { Version: "2012-10-17", ...more, Statement: statement };
}

function without(element: keyof typeof minimal): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(minimal).filter(([name]) => name !== element));
}

describe("parsePolicy", () => {
  it("reads text and value alike, and turns one-or-many into lists", () => {
    const value = policyOf(
      {
        Sid: "One",
        Effect: "Deny",
        Principal: { AWS: "333333333333", Service: ["s3.amazonaws.com"] },
        NotAction: "s3:Get*",
        NotResource: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
        Condition: { Bool: { "aws:SecureTransport": false }, NumericLessThan: { "s3:max-keys": [10, "20"] } },
      },
      { Id: "example" },
    );
    const expected = {
      version: "2012-10-17",
      id: "example",
      statements: [
        {
          sid: "One",
          effect: "Deny",
          principals: { AWS: ["333333333333"], Service: ["s3.amazonaws.com"] },
          notActions: ["s3:Get*"],
          notResources: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
          conditions: [
            { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
            { operator: "NumericLessThan", key: "s3:max-keys", values: ["10", "20"] },
          ],
        },
      ],
    };
    expect(parsePolicy(value)).to.deep.equal(expected);
    expect(parsePolicy(JSON.stringify(value))).to.deep.equal(expected);
  });

  it("takes the old version where none is given, as IAM does", () => {
    expect(parsePolicy({ Statement: minimal }).version).to.equal("2008-10-17");
  });

  it("reads every kind of principal", () => {
    const AWS = [
      "*",
      "333333333333",
      "arn:aws:iam::333333333333:root",
      "arn:aws:iam::333333333333:user/division/ops",
      "arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_BreakGlass_0123456789abcdef",
      "arn:aws:sts::333333333333:assumed-role/Deploy/alice@example.com",
      "arn:aws-cn:iam::333333333333:root",
      "AROAEXAMPLEEXAMPLE12",
    ];
    const Principal = { AWS, Federated: "cognito-identity.amazonaws.com", CanonicalUser: "0123456789abcdef".repeat(4) };
    expect(parsePolicy(policyOf({ ...minimal, Principal })).statements[0]?.principals).to.deep.include({ AWS });
    expect(parsePolicy(policyOf({ ...minimal, Principal: "*" })).statements[0]?.principals).to.equal("*");
  });

  it("reads keys of identity providers and tags", () => {
    const Condition = {
      StringEquals: {
        "token.actions.githubusercontent.com:sub": "repo:x",
        "oidc.eks.us-east-1.amazonaws.com/id/1:aud": "y",
      },
      StringLike: { "aws:RequestTag/cost center": "${aws:PrincipalTag/cost center}" },
    };
    expect(parsePolicy(policyOf({ ...minimal, Condition })).statements[0]?.conditions).to.have.length(3);
  });
});

describe("parsePolicy refuses", () => {
  const table: readonly (readonly [string, unknown, RegExp])[] = [
    ["text that is not JSON", "{", /^The policy is not JSON/],
    ["JSON that is not an object", "[]", /a policy is a JSON object/],
    ["nothing", undefined, /a policy is a JSON object/],
    ["an unknown version", policyOf(minimal, { Version: "2012-10-18" }), /^Version: expected 2012-10-17/],
    ["an unknown element of the policy", policyOf(minimal, { Statements: [] }), /"Statements"/],
    ["a missing Statement", { Version: "2012-10-17" }, /^Statement: is missing/],
    ["no statements", policyOf([]), /at least one statement/],
    [
      "an unknown element of a statement",
      policyOf([minimal, { ...minimal, Conditions: {} }]),
      /^Statement\[1\]: .*"Conditions"/,
    ],
    ["a missing Effect", policyOf(without("Effect")), /^Statement\[0\].Effect: expected Allow or Deny/],
    ["an effect in lower case", policyOf({ ...minimal, Effect: "allow" }), /^Statement\[0\].Effect/],
    ["a missing Action", policyOf({ Sid: "One", ...without("Action") }), /\(Sid One\): Action or NotAction is missing/],
    [
      "both Action and NotAction",
      policyOf({ ...minimal, NotAction: "s3:*" }),
      /Action and NotAction exclude each other/,
    ],
    ["both Resource and NotResource", policyOf({ ...minimal, NotResource: "*" }), /Resource and NotResource exclude/],
    [
      "both Principal and NotPrincipal",
      policyOf({ ...minimal, Principal: "*", NotPrincipal: "*" }),
      /exclude each other/,
    ],
    ["a missing Resource", policyOf(without("Resource")), /Resource or NotResource is missing/],
    ["an empty list of actions", policyOf({ ...minimal, Action: [] }), /Action: the list is empty/],
    ["an empty list of resources", policyOf({ ...minimal, Resource: [] }), /Resource: the list is empty/],
    ["an action without prefix", policyOf({ ...minimal, Action: "GetObject" }), /"GetObject" is not an action/],
    [
      "an action of the wrong type",
      policyOf({ ...minimal, Action: 1 }),
      /Action: expected a string or a list of strings/,
    ],
    ["a resource that is no ARN", policyOf({ ...minimal, Resource: "my-bucket" }), /"my-bucket" is not a resource/],
    [
      "Allow with NotPrincipal",
      policyOf({ ...minimal, NotPrincipal: { AWS: "333333333333" } }),
      /NotPrincipal goes with Deny/,
    ],
    [
      "a wildcard inside a principal",
      policyOf({ ...minimal, Principal: { AWS: "arn:aws:iam::333333333333:user/*" } }),
      /not a principal/,
    ],
    ["an unknown kind of principal", policyOf({ ...minimal, Principal: { Aws: "*" } }), /Principal/],
    [
      "a principal that is a plain string",
      policyOf({ ...minimal, Principal: "333333333333" }),
      /Principal: expected "\*"/,
    ],
    ["a service that is none", policyOf({ ...minimal, Principal: { Service: "s3" } }), /Principal.Service: "s3"/],
    ["no principal at all", policyOf({ ...minimal, Principal: {} }), /no principal is named/],
    [
      "an element twice",
      `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}}`,
      /"Effect" appears twice/,
    ],
    [
      "an operator twice",
      `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"},"Bool":{"a:c":"true"}}}}`,
      /"Bool" appears twice/,
    ],
  ];
  for (const [name, policy, message] of table) {
    it(name, () => {
      expect(() => parsePolicy(policy)).to.throw(MalformedPolicyError, message);
    });
  }

  const conditions: readonly (readonly [string, unknown, RegExp])[] = [
    ["an unknown operator", { StringMatches: { "aws:x": "y" } }, /"StringMatches" is not a condition operator/],
    ["an operator in another case", { stringequals: { "aws:x": "y" } }, /not a condition operator/],
    ["an unknown set operator", { "ForSomeValues:StringEquals": { "aws:x": "y" } }, /not a condition operator/],
    ["NullIfExists", { NullIfExists: { "aws:x": "true" } }, /not a condition operator/],
    ["a set operator on Null", { "ForAnyValue:Null": { "aws:x": "true" } }, /not a condition operator/],
    ["a key without prefix", { StringEquals: { PrincipalArn: "y" } }, /"PrincipalArn" is not a condition key/],
    [
      "a value that is an object",
      { StringEquals: { "aws:x": {} } },
      /StringEquals\.aws:x: expected a string, number or boolean/,
    ],
    ["a number that is none", { NumericEquals: { "aws:x": "ten" } }, /cannot compare with "ten"/],
    ["a date that is none", { DateLessThan: { "aws:x": "tomorrow" } }, /cannot compare with "tomorrow"/],
    ["a month that does not exist", { DateLessThan: { "aws:x": "2026-13-01" } }, /cannot compare/],
    ["a truth value that is none", { Bool: { "aws:x": "yes" } }, /cannot compare with "yes"/],
    ["a presence that is none", { Null: { "aws:x": "maybe" } }, /cannot compare with "maybe"/],
    ["bytes that are not base64", { BinaryEquals: { "aws:x": "#" } }, /cannot compare with "#"/],
    ["a range that is too long", { IpAddress: { "aws:x": "203.0.113.0/33" } }, /cannot compare/],
    [
      "a range of names",
      { NotIpAddress: { "aws:x": ["203.0.113.0/24", "localhost"] } },
      /cannot compare with "localhost"/,
    ],
    ["a variable in a number", { NumericEquals: { "aws:x": "${aws:y}" } }, /cannot compare/],
    ["a variable without end", { StringEquals: { "aws:x": "${aws:y" } }, /without its closing brace/],
    ["a variable without a key", { StringLike: { "aws:x": "${user}" } }, /"\$\{user\}" is not a policy variable/],
  ];
  for (const [name, Condition, message] of conditions) {
    it(`a condition with ${name}`, () => {
      expect(() => parsePolicy(policyOf({ ...minimal, Condition }))).to.throw(MalformedPolicyError, message);
    });
  }
});

describe("parsePolicy, told what the policy is for", () => {
  const named = { ...minimal, Principal: { AWS: "333333333333" } };
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "333333333333" } };
  const table: readonly (readonly [string, PolicyPurpose, unknown, RegExp | undefined])[] = [
    ["an identity's policy without principal", "identity", minimal, undefined],
    ["an identity's policy with a principal", "identity", named, /must not name a Principal/],
    [
      "an identity's policy with a Sid of several words",
      "identity",
      { ...minimal, Sid: "Deny all" },
      /letters and digits/,
    ],
    [
      "an identity's policy with a Sid twice",
      "identity",
      [
        { ...minimal, Sid: "A" },
        { ...minimal, Sid: "A" },
      ],
      /used twice/,
    ],
    ["a resource's policy with a principal", "resource", named, undefined],
    ["a resource's policy without principal", "resource", minimal, /Principal is missing/],
    ["a resource's policy without resource", "resource", trust, /Resource or NotResource is missing/],
    ["a resource's policy with a Sid of several words", "resource", { ...named, Sid: "Deny all" }, undefined],
    ["a trust policy", "trust", trust, undefined],
    ["a trust policy with a resource", "trust", { ...trust, Resource: "*" }, /must not name a Resource/],
    [
      "a trust policy without principal",
      "trust",
      { Effect: "Allow", Action: "sts:AssumeRole" },
      /Principal is missing/,
    ],
  ];
  for (const [name, purpose, statement, problem] of table) {
    it(`${problem ? "refuses" : "takes"} ${name}`, () => {
      const parse = (): unknown => parsePolicy(policyOf(statement), purpose);
      if (problem) expect(parse).to.throw(MalformedPolicyError, problem);
      else expect(parse).not.to.throw();
    });
  }
});
