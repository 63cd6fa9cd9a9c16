import { expect } from "chai";
import { type AuthorizationRequest, evaluate, parsePolicy } from "#iam";
import { orders, payments, policy, requestOf, roleArn, root, service, session, user } from "./sample-requests.ts";

function matches(statement: Readonly<Record<string, unknown>>, changes: Partial<AuthorizationRequest> = {}): boolean {
  return evaluate(requestOf(changes), { identity: [policy("p", statement)] }).allowed;
}

function denies(statement: Readonly<Record<string, unknown>>, changes: Partial<AuthorizationRequest> = {}): boolean {
  const resource = policy("bucket policy", { Effect: "Deny", ...statement });
  const decision = evaluate(requestOf(changes), { identity: [policy("admin")], resource });
  return !decision.allowed && decision.kind === "explicit";
}

describe("Action and NotAction", () => {
  it("compare without regard to case, prefix included, with wildcards", () => {
    for (const Action of ["s3:getbucketpolicy", "S3:GetBucketPolicy", "s3:Get*", "s3:GetBucket??????", "*", "*:*"]) {
      expect(matches({ Action }), Action).to.equal(true);
    }
    for (const Action of ["s3:GetBucket", "sqs:*", "s3:GetBucket?", "s3:PutBucketPolicy"]) {
      expect(matches({ Action }), Action).to.equal(false);
    }
    expect(matches({ Action: "SQS:*" }, { action: "sqs:SendMessage" })).to.equal(true);
  });

  it("NotAction covers everything else", () => {
    expect(matches({ NotAction: ["sqs:*", "s3:Put*"] })).to.equal(true);
    expect(matches({ NotAction: ["sqs:*", "s3:get*"] })).to.equal(false);
  });
});

describe("Resource and NotResource", () => {
  it("compare with regard to case, wildcards reaching across segments", () => {
    for (const Resource of ["*", "arn:aws:s3:::orders-archive", "arn:aws:s3:::orders-?rchive", "arn:*:orders-*"]) {
      expect(matches({ Resource }), Resource).to.equal(true);
    }
    for (const Resource of ["arn:aws:s3:::Orders-archive", "arn:aws:s3:::orders-archive/*", "arn:aws:s3:::orders"]) {
      expect(matches({ Resource }), Resource).to.equal(false);
    }
  });

  it("an action without a resource needs *", () => {
    expect(matches({ Resource: "*" }, { resource: "*" })).to.equal(true);
    expect(matches({ Resource: "arn:aws:s3:::*" }, { resource: "*" })).to.equal(false);
    expect(matches({ NotResource: "arn:aws:iam::*:root" }, { resource: "*" })).to.equal(true);
  });

  it("NotResource covers everything else", () => {
    expect(matches({ NotResource: "arn:aws:s3:::payments-*" })).to.equal(true);
    expect(matches({ NotResource: ["arn:aws:s3:::x", "arn:aws:s3:::orders-*"] })).to.equal(false);
  });
});

describe("policy variables", () => {
  const context = { "aws:username": "ops", "aws:PrincipalTag/team": "a*", "aws:TagKeys": ["x", "y"] };
  const home = (Resource: string, name: string): boolean =>
    matches({ Resource }, { resource: `arn:aws:s3:::home/${name}`, context });

  it("stand for the request's value, in resources and in string and ARN conditions", () => {
    expect(home("arn:aws:s3:::home/${aws:username}", "ops")).to.equal(true);
    expect(home("arn:aws:s3:::home/${AWS:UserName}", "ops")).to.equal(true);
    expect(home("arn:aws:s3:::home/${aws:username}", "alice")).to.equal(false);
    const condition = { StringLike: { "s3:prefix": "home/${aws:username}/*" } };
    expect(matches({ Condition: condition }, { context: { ...context, "s3:prefix": "home/ops/x" } })).to.equal(true);
    const arn = { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:*:${aws:username}" } };
    expect(matches({ Condition: arn }, { context: { ...context, "aws:SourceArn": "arn:aws:sns:r:1:ops" } })).to.equal(
      true,
    );
  });

  it("are taken literally, wildcards in the request's value included", () => {
    expect(home("arn:aws:s3:::home/${aws:PrincipalTag/team}", "a*")).to.equal(true);
    expect(home("arn:aws:s3:::home/${aws:PrincipalTag/team}", "ab")).to.equal(false);
  });

  it("${*}, ${?} and ${$} are the characters themselves", () => {
    expect(home("arn:aws:s3:::home/${*}${?}${$}", "*?$")).to.equal(true);
    expect(home("arn:aws:s3:::home/${*}${?}${$}", "ab$")).to.equal(false);
  });

  it("fall back to their default, and match nothing without one", () => {
    expect(home("arn:aws:s3:::home/${aws:PrincipalTag/none, 'shared'}", "shared")).to.equal(true);
    expect(home("arn:aws:s3:::home/${aws:username, 'shared'}", "shared")).to.equal(false);
    expect(home("arn:aws:s3:::home/${aws:PrincipalTag/none}", "")).to.equal(false);
    expect(home("arn:aws:s3:::home/${aws:TagKeys}", "x"), "several values").to.equal(false);
  });

  it("without a value make a negated comparison fail as well, save where IfExists skips it", () => {
    const notEquals = { StringNotEquals: { "s3:prefix": "${aws:PrincipalTag/none}" } };
    expect(matches({ Condition: notEquals }, { context: { "s3:prefix": "x" } })).to.equal(false);
    expect(matches({ NotResource: "arn:aws:s3:::${aws:PrincipalTag/none}" }, { context })).to.equal(false);
  });

  it("are plain text in policies of 2008-10-17", () => {
    const old = { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::home/${aws:username}" };
    const literal = requestOf({ resource: "arn:aws:s3:::home/${aws:username}", context });
    const document = { Version: "2008-10-17", Statement: old };
    const identity = [{ name: "old", document: parsePolicy(document) }];
    expect(evaluate(literal, { identity }).allowed).to.equal(true);
    expect(evaluate({ ...literal, resource: "arn:aws:s3:::home/ops" }, { identity }).allowed).to.equal(false);
  });
});

describe("Principal and NotPrincipal", () => {
  it("name the caller, its role, its account or everybody", () => {
    const everyone = [user, root, session, service];
    for (const principal of everyone) expect(denies({ Principal: "*" }, { principal }), principal.kind).to.equal(true);
    const accounts = [{ AWS: orders }, { AWS: `arn:aws:iam::${orders}:root` }, { AWS: [payments, orders] }];
    for (const Principal of accounts) {
      for (const principal of [user, root, session]) expect(denies({ Principal }, { principal })).to.equal(true);
      expect(denies({ Principal }, { principal: service })).to.equal(false);
    }
    expect(denies({ Principal: { AWS: roleArn } }, { principal: session })).to.equal(true);
    expect(denies({ Principal: { AWS: session.arn } }, { principal: session })).to.equal(true);
    expect(denies({ Principal: { AWS: user.arn } }, { principal: user })).to.equal(true);
    expect(denies({ Principal: { AWS: user.arn } }, { principal: session })).to.equal(false);
    expect(denies({ Principal: { AWS: payments } })).to.equal(false);
    expect(denies({ Principal: { Service: "events.amazonaws.com" } }, { principal: service })).to.equal(true);
    expect(denies({ Principal: { Service: "sns.amazonaws.com" } }, { principal: service })).to.equal(false);
  });

  it("name accounts in the partition of the caller", () => {
    const principal = { ...user, arn: `arn:aws-cn:iam::${orders}:user/ops` };
    expect(denies({ Principal: { AWS: `arn:aws-cn:iam::${orders}:root` } }, { principal })).to.equal(true);
    expect(denies({ Principal: { AWS: `arn:aws:iam::${orders}:root` } }, { principal })).to.equal(false);
  });

  it("NotPrincipal spares a user only together with its account", () => {
    expect(denies({ NotPrincipal: { AWS: [user.arn, orders] } })).to.equal(false);
    expect(denies({ NotPrincipal: { AWS: user.arn } })).to.equal(true);
    expect(denies({ NotPrincipal: { AWS: orders } })).to.equal(true);
    expect(denies({ NotPrincipal: { AWS: orders } }, { principal: root })).to.equal(false);
  });

  it("NotPrincipal spares a session only together with its role and account", () => {
    const whole = [session.arn, roleArn, `arn:aws:iam::${orders}:root`];
    expect(denies({ NotPrincipal: { AWS: whole } }, { principal: session })).to.equal(false);
    expect(denies({ NotPrincipal: { AWS: whole.slice(1) } }, { principal: session })).to.equal(true);
  });

  it("NotPrincipal denies whoever has a permissions boundary", () => {
    const resource = policy("bucket policy", { Effect: "Deny", NotPrincipal: { AWS: [user.arn, orders] } });
    const policies = { identity: [policy("admin")], resource, permissionsBoundary: policy("boundary") };
    expect(evaluate(requestOf(), policies)).to.include({ allowed: false, policyType: "resource-based policy" });
  });

  it("a resource's statement that names nobody covers nobody", () => {
    const resource = policy("no principal");
    expect(evaluate(requestOf(), { identity: [], resource }).allowed).to.equal(false);
  });
});
