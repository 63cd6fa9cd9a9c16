import { expect } from "chai";
import {
  breakGlassTrustPolicy,
  evaluate,
  parsePolicy,
  parseTrustedPrincipals,
  switchRolePolicy,
  UntrustworthyPrincipalError,
} from "#iam";
import { orders, payments, policy, requestOf, roleArn, session, user } from "./sample-requests.ts";

const breakGlassRoleArn = `arn:aws:iam::${orders}:role/break-glass/BreakGlassAssumeRoot`;

describe("principals that a break-glass role trusts", () => {
  it("are users and roles, each named whole", () => {
    expect(parseTrustedPrincipals([user.arn, roleArn])).to.deep.equal({ users: [user.arn], roles: [roleArn] });
  });

  const refused = [
    { principals: [], says: "No principal is named" },
    { principals: ["*"], says: '"*" stands for everybody' },
    { principals: [user.arn, orders], says: `"${orders}" stands for everybody` },
    { principals: [`arn:aws:iam::${orders}:root`], says: "its root user included" },
    { principals: [`arn:aws:iam::${orders}:user/*`], says: "is a pattern" },
    { principals: [session.arn], says: "is a session" },
    { principals: [`arn:aws:iam::${orders}:group/ops`], says: "is not the ARN of an IAM user or role" },
    { principals: ["arn:aws:iam::123:user/dana"], says: "is not the ARN of an IAM user or role" },
    { principals: ["dana"], says: "is not the ARN of an IAM user or role" },
  ];
  for (const { principals, says } of refused) {
    it(`are not ${JSON.stringify(principals)}`, () => {
      expect(() => parseTrustedPrincipals(principals)).to.throw(UntrustworthyPrincipalError, says);
    });
  }
});

describe("trust policy of a break-glass role", () => {
  const other = { ...user, arn: `arn:aws:iam::${orders}:user/somebody` };
  const stranger = { ...user, accountId: payments, arn: `arn:aws:iam::${payments}:user/ops` };
  const cases = [
    { who: "a named user with MFA", principal: user, context: { "aws:MultiFactorAuthPresent": "true" }, may: true },
    { who: "a named user without MFA", principal: user, context: {}, may: false },
    { who: "a named role", principal: session, context: {}, may: true },
    { who: "another user with MFA", principal: other, context: { "aws:MultiFactorAuthPresent": "true" }, may: false },
    { who: "a user elsewhere", principal: stranger, context: { "aws:MultiFactorAuthPresent": "true" }, may: false },
  ];
  for (const { who, principal, context, may } of cases) {
    it(`${may ? "lets" : "does not let"} ${who} in`, () => {
      expect(mayAssume(principal, context, false)).to.equal(may);
    });
  }

  it("demands a user's own name as source identity where one is demanded", () => {
    const mfa = { "aws:MultiFactorAuthPresent": "true", "aws:username": "ops" };
    expect(mayAssume(user, mfa, true)).to.equal(false);
    expect(mayAssume(user, { ...mfa, "sts:SourceIdentity": "dana" }, true)).to.equal(false);
    expect(mayAssume(user, { ...mfa, "sts:SourceIdentity": "ops" }, true)).to.equal(true);
    expect(mayAssume(session, {}, true)).to.equal(false);
    expect(mayAssume(session, { "sts:SourceIdentity": "alice" }, true)).to.equal(true);
  });

  function mayAssume(principal: typeof user, context: Record<string, string>, sourceIdentity: boolean): boolean {
    const trust = breakGlassTrustPolicy(parseTrustedPrincipals([user.arn, roleArn]), { sourceIdentity });
    return evaluate(requestOf({ action: "sts:AssumeRole", resource: breakGlassRoleArn, principal, context }), {
      identity: [policy("AdministratorAccess")],
      resource: { name: "trust", document: parsePolicy(trust, "trust") },
      resourceMustAllow: true,
    }).allowed;
  }
});

describe("policy of those who may switch to a break-glass role", () => {
  it("allows exactly that role", () => {
    const identity = [{ name: "switch", document: parsePolicy(switchRolePolicy(breakGlassRoleArn), "identity") }];
    const may = (resource: string, action = "sts:AssumeRole"): boolean =>
      evaluate(requestOf({ action, resource }), { identity }).allowed;
    expect(may(breakGlassRoleArn)).to.equal(true);
    expect(may(roleArn)).to.equal(false);
    expect(may(breakGlassRoleArn, "sts:SetSourceIdentity")).to.equal(false);
  });
});
