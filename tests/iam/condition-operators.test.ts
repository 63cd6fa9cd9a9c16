import { expect } from "chai";
import { evaluate } from "#iam";
import { policy, requestOf } from "./sample-requests.ts";

const key = "aws:Key";

type PolicyValue = string | number | boolean | readonly (string | number | boolean)[];
type RequestValue = string | readonly string[] | undefined;

function holds(operator: string, policyValue: PolicyValue, requestValue: RequestValue): boolean {
  const context = requestValue === undefined ? {} : { [key]: requestValue };
  const identity = [policy("p", { Condition: { [operator]: { [key]: policyValue } } })];
  return evaluate(requestOf({ context }), { identity }).allowed;
}

/** Operator, the policy's values, a request value that it accepts, one that it does not. */
const pairs: readonly (readonly [string, PolicyValue, string, string])[] = [
  ["StringEquals", "Prod", "Prod", "prod"],
  ["StringEquals", ["a", "b"], "b", "c"],
  ["StringEquals", "a*", "a*", "ab"],
  ["StringEqualsIgnoreCase", "Prod", "pROD", "prod2"],
  ["StringLike", "pr?d-*", "prod-", "proud-1"],
  ["StringLike", "a*b*c", "aXbXbXc", "aXbXbX"],
  ["StringLike", ["x", "a/*"], "a/b/c", "a"],
  ["StringLike", "line*", "line\nbreak", "lin"],
  ["NumericEquals", 10, "10.0", "11"],
  ["NumericLessThan", "10", "9.99", "10"],
  ["NumericLessThanEquals", "10", "10", "10.01"],
  ["NumericGreaterThan", "-1", "0", "-1"],
  ["NumericGreaterThanEquals", "10", "10", "9"],
  ["NumericLessThan", "10", "9", "nine"],
  ["DateEquals", "2026-11-24T00:00:00Z", "2026-11-24T09:00:00+09:00", "2026-11-24T00:00:01Z"],
  ["DateEquals", "2026-11-24", "2026-11-24T00:00:00Z", "2026-11-25"],
  ["DateLessThan", "2026-11-24T00:00:00Z", "2026-11-23T23:59:59.999Z", "2026-11-24T00:00:00Z"],
  ["DateLessThanEquals", "1795478400", "2026-11-24T00:00:00Z", "2026-11-24T00:00:01Z"],
  ["DateGreaterThan", "2026-11-24T00:00:00Z", "1795478401", "1795478400"],
  ["DateGreaterThanEquals", "2026-11", "2026-11-01T00:00:00Z", "2026-10-31T23:59:59Z"],
  ["Bool", true, "true", "false"],
  ["Bool", "True", "TRUE", "false"],
  ["Bool", false, "false", "true"],
  ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", "QmluYXJ6"],
  ["IpAddress", "203.0.113.0/24", "203.0.113.255", "203.0.114.0"],
  ["IpAddress", "203.0.113.7", "203.0.113.7", "203.0.113.8"],
  ["IpAddress", ["203.0.113.0/24", "2001:db8:1234:5678::/64"], "2001:DB8:1234:5678::9", "2001:db8:1234:5679::9"],
  ["IpAddress", "0.0.0.0/0", "198.51.100.1", "2001:db8::1"],
  ["IpAddress", "203.0.113.0/24", "203.0.113.1", "not an address"],
  [
    "ArnEquals",
    "arn:aws:sns:*:333333333333:t",
    "arn:aws:sns:eu-west-1:333333333333:t",
    "arn:aws:sns:a:b:333333333333:t",
  ],
  ["ArnLike", "arn:aws:iam::*:root", "arn:aws:iam::333333333333:root", "arn:aws:iam::333333333333:user/root"],
  ["ArnLike", "arn:aws:x:*:1:finance/*", "arn:aws:x:r:1:finance/a:b", "arn:aws:x:r:9:store/abc:1:finance/d"],
  ["ArnLike", "arn:aws:sqs:*:*:*", "arn:aws:sqs:r:1:q", "orders"],
  ["ArnLike", "*:*:*:*:*:*", "arn:aws:s3:::b", "arn:aws:s3"],
];

/** Negated operator, what it negates; its table follows from the plain operator's. */
const negations = [
  ["StringNotEquals", "StringEquals"],
  ["StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase"],
  ["StringNotLike", "StringLike"],
  ["NumericNotEquals", "NumericEquals"],
  ["DateNotEquals", "DateEquals"],
  ["NotIpAddress", "IpAddress"],
  ["ArnNotEquals", "ArnEquals"],
  ["ArnNotLike", "ArnLike"],
] as const;

describe("condition operators", () => {
  for (const [operator, value, accepted, refused] of pairs) {
    it(`${operator} ${JSON.stringify(value)}: ${JSON.stringify(accepted)} yes, ${JSON.stringify(refused)} no`, () => {
      expect(holds(operator, value, accepted), "accepted").to.equal(true);
      expect(holds(operator, value, refused), "refused").to.equal(false);
    });
  }

  for (const [operator, plain] of negations) {
    it(`${operator} is the opposite of ${plain}, with no value in common`, () => {
      const cases = pairs.filter(([name]) => name === plain);
      expect(cases).not.to.have.length(0);
      for (const [, value, accepted, refused] of cases) {
        expect(holds(operator, value, accepted)).to.equal(false);
        expect(holds(operator, value, refused)).to.equal(true);
      }
    });
  }

  it("an absent key fails a plain operator and fulfils a negated one", () => {
    for (const [operator, value] of pairs) expect(holds(operator, value, undefined), operator).to.equal(false);
    for (const [operator, plain] of negations) {
      const value = pairs.find(([name]) => name === plain)?.[1] ?? "";
      expect(holds(operator, value, undefined), operator).to.equal(true);
    }
  });

  it("IfExists lets an absent key pass and compares a present one", () => {
    for (const [operator, value, accepted, refused] of pairs) {
      const name = `${operator}IfExists`;
      expect(holds(name, value, undefined), name).to.equal(true);
      expect(holds(name, value, accepted), name).to.equal(true);
      expect(holds(name, value, refused), name).to.equal(false);
    }
  });

  it("Null asks for absence or presence, not for a value", () => {
    expect(holds("Null", "true", undefined)).to.equal(true);
    expect(holds("Null", true, "anything")).to.equal(false);
    expect(holds("Null", "false", "false")).to.equal(true);
    expect(holds("Null", false, undefined)).to.equal(false);
    expect(holds("Null", "true", []), "an empty list is null").to.equal(true);
    expect(holds("Null", "false", ""), "an empty text is null").to.equal(false);
    expect(holds("Null", "false", ["", "x"]), "one among others is not").to.equal(true);
  });

  it("several operators and keys must all hold", () => {
    const both = { StringEquals: { "aws:A": "1", "aws:B": "2" }, Bool: { "aws:C": "true" } };
    const identity = [policy("p", { Condition: both })];
    const allowed = (context: Record<string, string>): boolean =>
      evaluate(requestOf({ context }), { identity }).allowed;
    expect(allowed({ "aws:A": "1", "aws:B": "2", "aws:C": "true" })).to.equal(true);
    expect(allowed({ "aws:A": "1", "aws:B": "9", "aws:C": "true" })).to.equal(false);
    expect(allowed({ "aws:A": "1", "aws:B": "2", "aws:C": "false" })).to.equal(false);
  });

  it("Bool takes a variable, as the string and ARN operators do", () => {
    const Condition = { Bool: { "aws:MultiFactorAuthPresent": "${aws:PrincipalTag/mfa, 'true'}" } };
    const identity = [policy("p", { Condition })];
    const allowed = (context: Record<string, string>): boolean =>
      evaluate(requestOf({ context }), { identity }).allowed;
    expect(allowed({ "aws:MultiFactorAuthPresent": "true" })).to.equal(true);
    expect(allowed({ "aws:MultiFactorAuthPresent": "true", "aws:PrincipalTag/mfa": "False" })).to.equal(false);
    expect(allowed({ "aws:MultiFactorAuthPresent": "false", "aws:PrincipalTag/mfa": "False" })).to.equal(true);
  });

  it("keys compare without regard to case", () => {
    const identity = [policy("p", { Condition: { StringEquals: { "AWS:principalaccount": "333333333333" } } })];
    const request = requestOf({ context: { "aws:PrincipalAccount": "333333333333" } });
    expect(evaluate(request, { identity }).allowed).to.equal(true);
  });
});

describe("a key with several values, without a set operator", () => {
  it("compares if one of them does, and for a negated operator only if none does", () => {
    expect(holds("StringEquals", "a", ["x", "a"])).to.equal(true);
    expect(holds("StringEquals", "a", ["x", "y"])).to.equal(false);
    expect(holds("StringNotEquals", "a", ["x", "a"])).to.equal(false);
    expect(holds("StringNotEquals", "a", ["x", "y"])).to.equal(true);
  });
});

describe("set operators", () => {
  const table: readonly (readonly [string, readonly string[], RequestValue, boolean])[] = [
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
    ["ForAllValues:StringEquals", ["a"], undefined, true],
    ["ForAllValues:StringEquals", ["a"], [], true],
    ["ForAllValues:StringEquals", ["a"], [""], true],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "c"], true],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "a"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "b"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "y"], false],
    ["ForAnyValue:StringEquals", ["a"], undefined, false],
    ["ForAnyValue:StringEquals", ["a"], [], false],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
    ["ForAnyValue:StringNotEquals", ["a"], ["a"], false],
    ["ForAnyValue:StringNotEquals", ["a"], undefined, false],
    ["ForAnyValue:StringNotEquals", ["a"], [""], false],
    ["ForAnyValue:StringLike", ["*"], [""], false],
    ["ForAnyValue:StringLikeIfExists", ["a*"], undefined, true],
    ["ForAnyValue:StringLikeIfExists", ["a*"], ["b"], false],
    ["ForAllValues:ArnLike", ["arn:aws:iam::*:root"], ["arn:aws:iam::1:root", "arn:aws:iam::2:root"], true],
    ["ForAllValues:NumericLessThan", ["5"], ["1", "6"], false],
  ];
  for (const [operator, wanted, found, expected] of table) {
    it(`${operator} ${JSON.stringify(wanted)} on ${JSON.stringify(found)}: ${String(expected)}`, () => {
      expect(holds(operator, wanted, found)).to.equal(expected);
    });
  }
});
