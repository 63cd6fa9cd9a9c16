import { expect } from "chai";
import { type ApplicablePolicies, type AuthorizationRequest, evaluate, parsePolicy, renderTrace } from "#iam";
import { payments, policy, requestOf, roleArn, session, statements, user } from "./sample-requests.ts";

function rendered(
  policies: Partial<ApplicablePolicies>,
  changes: Partial<AuthorizationRequest> = {},
): readonly string[] {
  return renderTrace(evaluate(requestOf(changes), { identity: [], ...policies })).split("\n");
}

/** What is said of the one condition of a policy. */
function conditionLine(Condition: object, context: AuthorizationRequest["context"] = {}): string {
  const decision = evaluate(requestOf({ context }), { identity: [policy("p", { Condition })] });
  return decision.trace[0]?.elements.find(({ element }) => element === "Condition")?.because ?? "";
}

describe("the trace as text", () => {
  it("begins with the outcome, and gives every statement of every policy with its reason", () => {
    const identity = [
      statements("mixed", [
        { Sid: "Other", Action: "sqs:*" },
        { Sid: "Elsewhere", Resource: ["arn:aws:s3:::other", "arn:aws:s3:::${aws:username}"] },
        { Sid: "AllBut", NotAction: ["iam:*", "s3:Get*"] },
        { Sid: "Mfa", Action: "ec2:*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
        { Sid: "Yes", Action: "s3:get*", Condition: { StringLike: { "aws:PrincipalTag/team": "o*" } } },
      ]),
    ];
    const resource = policy("bucket policy", { Sid: "Friends", Principal: { AWS: payments } });
    expect(rendered({ identity, resource }, { context: { "aws:PrincipalTag/team": "ops" } })).to.deep.equal([
      "Allowed: nothing denies it, and every kind of policy that has to allow it does.",
      "",
      'resource-based policy "bucket policy"',
      "  Allow Friends does not apply",
      `    Principal: ${user.arn} does not match ${payments}`,
      "",
      'identity-based policy "mixed"',
      "  Allow Other does not apply",
      "    Action: s3:GetBucketPolicy does not match sqs:*",
      "  Allow Elsewhere does not apply",
      "    Resource: arn:aws:s3:::orders-archive does not match arn:aws:s3:::other; ${aws:username} cannot be filled in, because the key is not in the request",
      "  Allow AllBut does not apply",
      "    NotAction: s3:GetBucketPolicy matches s3:Get*",
      "  Allow Mfa does not apply",
      "    Action: s3:GetBucketPolicy does not match ec2:*",
      '    Condition: Bool aws:MultiFactorAuthPresent "true": the key is not in the request',
      "  Allow Yes applies",
      "    Action: s3:GetBucketPolicy matches s3:get*",
      "    Resource: arn:aws:s3:::orders-archive matches *",
      "    Principal: the policy is the caller's own",
      '    Condition: StringLike aws:PrincipalTag/team "o*": the request has "ops"',
    ]);
  });

  it("names the statement and the policy of an explicit deny", () => {
    const resource = policy("lock", { Sid: "DenyAll", Effect: "Deny", Principal: "*" });
    expect(rendered({ resource })[0]).to.equal(
      'Denied: statement DenyAll of the resource-based policy "lock" denies it explicitly.',
    );
  });

  it("names the kind of policy of an implicit deny", () => {
    expect(rendered({})).to.deep.equal(["Denied: no identity-based policy allows it."]);
  });

  it("says as whom a Principal names the caller, and what NotPrincipal would have to list", () => {
    const named = policy("p", { Principal: { AWS: roleArn } });
    expect(rendered({ resource: named }, { principal: session })).to.include(
      `    Principal: ${session.arn} is named by its role`,
    );
    const spared = policy("p", { Effect: "Deny", NotPrincipal: { AWS: [session.arn, roleArn] } });
    expect(rendered({ resource: spared }, { principal: session })).to.include(
      `    NotPrincipal: ${session.arn} is not spared: its account, role and session each have to be among ${session.arn}, ${roleArn}`,
    );
  });

  const table: readonly (readonly [object, AuthorizationRequest["context"], string])[] = [
    [{ StringEquals: { "aws:A": ["x", "y"] } }, { "aws:a": "z" }, '"x", "y": the request has "z"'],
    [
      { StringNotEquals: { "aws:A": "x" } },
      {},
      '"x": the key is not in the request, which a negated operator takes as met',
    ],
    [{ StringEqualsIfExists: { "aws:A": "x" } }, {}, '"x": the key is not in the request, which IfExists takes as met'],
    [
      { "ForAllValues:StringEquals": { "aws:A": "x" } },
      {},
      '"x": the key is not in the request, which ForAllValues takes as met',
    ],
    [{ "ForAnyValue:StringEquals": { "aws:A": "x" } }, { "aws:A": ["a", "b"] }, '"x": the request has "a", "b"'],
    [{ Null: { "aws:A": "true" } }, {}, '"true": the key is not in the request'],
    [
      { StringLike: { "aws:A": "home/${aws:username}/*" } },
      { "aws:A": "home/eve/x", "aws:username": "ops" },
      '"home/${aws:username}/*" (here "home/ops/*"): the request has "home/eve/x"',
    ],
    [
      { StringLike: { "aws:A": "${aws:TagKeys}" } },
      { "aws:A": "x", "aws:TagKeys": ["a", "b"] },
      '"${aws:TagKeys}": the request has "x"; ${aws:tagkeys} cannot be filled in, because the key has several values',
    ],
  ];
  for (const [condition, context, expected] of table) {
    const [operator = ""] = Object.keys(condition);
    it(`says of ${operator}: ${expected}`, () => {
      expect(conditionLine(condition, context)).to.equal(`${operator} aws:A ${expected}`);
    });
  }

  it("leaves variables as they are in a policy of 2008", () => {
    const Statement = {
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:A": "${aws:B}" } },
    };
    const identity = [{ name: "old", document: parsePolicy({ Statement }) }];
    const decision = evaluate(requestOf({ context: { "aws:A": "x", "aws:B": "x" } }), { identity });
    expect(decision.trace[0]?.elements.at(-1)?.because).to.equal('StringEquals aws:A "${aws:B}": the request has "x"');
  });
});
