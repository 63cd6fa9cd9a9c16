import { expect } from "chai";
import {
  evaluate,
  parsePolicy,
  permissionSetRoleArn,
  type PolicyJson,
  rootSessionGuardrail,
  rootUserGuardrail,
} from "#iam";
import { accountIdOf } from "../account-id.ts";
import { orders, policy, requestOf, root, session, user } from "./sample-requests.ts";

const everything = policy("FullAWSAccess");

/** Whether a request passes an account under AWS's own allow-all and the guardrail. */
function passes(guardrail: PolicyJson, changes: Parameters<typeof requestOf>[0]): boolean {
  const scp = { name: "guardrail", document: parsePolicy(guardrail, "identity") };
  return evaluate(requestOf(changes), { identity: [everything], serviceControl: [[everything, scp]] }).allowed;
}

describe("guardrail against root users", () => {
  const cases = [
    { who: "the root user", principal: root, context: {}, allowed: false },
    { who: "a root session", principal: root, context: { "aws:AssumedRoot": "true" }, allowed: true },
    { who: "an IAM user", principal: user, context: {}, allowed: true },
    { who: "a role session", principal: session, context: {}, allowed: true },
  ];
  for (const { who, principal, context, allowed } of cases) {
    it(`${allowed ? "lets" : "does not let"} ${who} through`, () => {
      const keys = { ...context, "aws:PrincipalArn": principal.roleArn ?? principal.arn };
      expect(passes(rootUserGuardrail(), { principal, context: keys })).to.equal(allowed);
    });
  }
});

describe("guardrail for root sessions", () => {
  const guardrail = rootSessionGuardrail([permissionSetRoleArn(accountIdOf(orders), "BreakGlass_Unlock")]);
  const role = (name: string): string => `arn:aws:iam::${orders}:role/aws-reserved/sso.amazonaws.com/${name}`;
  const cases = [
    { arn: role("AWSReservedSSO_BreakGlass_Unlock_0123456789abcdef"), allowed: true },
    { arn: role("eu-west-2/AWSReservedSSO_BreakGlass_Unlock_0123456789abcdef"), allowed: true },
    { arn: role("AWSReservedSSO_BreakGlass_Unlock_Other_0123456789abcdef"), allowed: false },
    { arn: role("AWSReservedSSO_AdministratorAccess_0123456789abcdef"), allowed: false },
    { arn: `arn:aws:iam::${orders}:role/AWSReservedSSO_BreakGlass_Unlock_0123456789abcdef`, allowed: false },
    { arn: user.arn, allowed: false },
  ];
  for (const { arn, allowed } of cases) {
    it(`${allowed ? "lets" : "does not let"} ${arn} open one`, () => {
      const request = { action: "sts:AssumeRoot", context: { "aws:PrincipalArn": arn } };
      expect(passes(guardrail, request)).to.equal(allowed);
    });
  }

  it("leaves everything else alone", () => {
    expect(passes(guardrail, { action: "sts:AssumeRole", context: { "aws:PrincipalArn": user.arn } })).to.equal(true);
  });
});
