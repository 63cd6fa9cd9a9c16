import { type Output, output, recover } from "@pulumi/pulumi";
import { expect } from "chai";
import { BreakGlassRole, RootSessionGuardrail, RootUserGuardrail } from "#components";
import {
  breakGlassPolicy,
  breakGlassTrustPolicy,
  permissionSetRoleArn,
  RoleNameError,
  rootSessionGuardrail,
  rootUserGuardrail,
  switchRolePolicy,
  UntrustworthyPrincipalError,
} from "#iam";
import { accountIdOf } from "../account-id.ts";
import { recordProgram, settled, valueOf } from "./provider-mocks.ts";

const dana = "arn:aws:iam::111111111111:user/dana";
const erin = "arn:aws:iam::111111111111:user/erin";
const audit = accountIdOf("222222222222");

describe("break-glass role", () => {
  it("is a role for an hour with the permission set's policy, trusting the named principals", async () => {
    const recording = await recordProgram();
    const component = new BreakGlassRole("glass", { accountId: audit, trustedPrincipals: [dana] });
    await settled();
    expect(recording.resources).to.deep.equal([
      {
        type: "aws:iam/role:Role",
        name: "glass-role",
        inputs: {
          name: "BreakGlassAssumeRoot",
          path: "/break-glass/",
          description: "Break Glass - sts:AssumeRoot when IAM Identity Center cannot be reached",
          assumeRolePolicy: JSON.stringify(breakGlassTrustPolicy({ users: [dana], roles: [] })),
          maxSessionDuration: 3600,
        },
      },
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "glass-policy",
        inputs: {
          role: "BreakGlassAssumeRoot",
          name: "BreakGlassAssumeRoot",
          policy: JSON.stringify(breakGlassPolicy()),
        },
      },
    ]);
    expect(component.switchRoleLink).to.equal(
      "https://signin.aws.amazon.com/switchrole?account=222222222222&roleName=break-glass/BreakGlassAssumeRoot",
    );
    expect(await valueOf(component.trustedPrincipalsPolicy)).to.deep.equal(switchRolePolicy("arn-of-glass-role"));
  });

  it("takes a name, a path, a policy, and the demand for a source identity", async () => {
    const recording = await recordProgram();
    const policy = breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy"], accountListing: "none" });
    new BreakGlassRole("glass", {
      accountId: audit,
      trustedPrincipals: [dana],
      roleName: "Unlock",
      path: "/",
      sourceIdentity: true,
      policy,
    });
    await settled();
    expect(recording.resources[0]).to.have.nested.property("inputs.name", "Unlock");
    expect(recording.resources[0]).to.have.nested.property("inputs.path", "/");
    expect(recording.resources[0]).to.have.nested.property(
      "inputs.assumeRolePolicy",
      JSON.stringify(breakGlassTrustPolicy({ users: [dana], roles: [] }, { sourceIdentity: true })),
    );
    expect(recording.resources[1]).to.have.nested.property("inputs.policy", JSON.stringify(policy));
  });

  it("can be previewed while the role does not exist yet", async () => {
    const recording = await recordProgram({ preview: true });
    const component = new BreakGlassRole("glass", { accountId: audit, trustedPrincipals: [dana] });
    await settled();
    expect(recording.resources.map(({ name }) => name)).to.deep.equal(["glass-role", "glass-policy"]);
    expect(component.switchRoleLink).to.include("222222222222");
  });

  it("trusts no account as a whole, and has no name that the console cannot switch to", async () => {
    const recording = await recordProgram();
    const everybody = { accountId: audit, trustedPrincipals: ["arn:aws:iam::111111111111:root"] };
    expect(() => new BreakGlassRole("glass", everybody)).to.throw(UntrustworthyPrincipalError);
    const unnamed = { accountId: audit, trustedPrincipals: [dana], path: "break-glass" };
    expect(() => new BreakGlassRole("glass", unnamed)).to.throw(RoleNameError);
    const among = { accountId: audit, trustedPrincipals: [output(dana), "arn:aws:iam::111111111111:root"] };
    expect(() => new BreakGlassRole("glass", among)).to.throw(UntrustworthyPrincipalError);
    expect(() => new BreakGlassRole("glass", { accountId: audit, trustedPrincipals: [] })).to.throw("No principal");
    await settled();
    expect(recording.resources).to.deep.equal([]);
  });

  it("trusts what the program makes, and may do what is known later", async () => {
    const recording = await recordProgram();
    const policy = breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy"] });
    const trustedPrincipals = [output(dana), Promise.resolve(erin)];
    new BreakGlassRole("glass", { accountId: audit, trustedPrincipals, policy: output(policy) });
    await settled();
    expect(recording.resources[0]?.inputs).to.have.property(
      "assumeRolePolicy",
      JSON.stringify(breakGlassTrustPolicy({ users: [dana, erin], roles: [] })),
    );
    expect(recording.resources[1]?.inputs).to.have.property("policy", JSON.stringify(policy));
  });

  it("is not made for an output that turns out to be an account as a whole", async () => {
    const recording = await recordProgram();
    const trustedPrincipals = [output("arn:aws:iam::111111111111:root")];
    const component = new BreakGlassRole("glass", { accountId: audit, trustedPrincipals });
    expect(await failureOf(component.nodes.role.urn)).to.be.instanceOf(UntrustworthyPrincipalError);
    expect(recording.resources).to.deep.equal([]);
  });
});

describe("root user guardrail", () => {
  it("is a service control policy on each target", async () => {
    const recording = await recordProgram();
    new RootUserGuardrail("guard", { targetIds: ["ou-a", "ou-b"] });
    await settled();
    expect(recording.resources[0]).to.deep.include({ type: "aws:organizations/policy:Policy", name: "guard-policy" });
    expect(recording.resources[0]).to.have.nested.property("inputs.type", "SERVICE_CONTROL_POLICY");
    expect(recording.resources[0]).to.have.nested.property("inputs.name", "DenyRootUserExceptRootSessions");
    expect(recording.resources[0]).to.have.nested.property("inputs.content", JSON.stringify(rootUserGuardrail()));
    expect(recording.resources.slice(1)).to.deep.equal(
      ["ou-a", "ou-b"].map((targetId) => ({
        type: "aws:organizations/policyAttachment:PolicyAttachment",
        name: `guard-on-${targetId}`,
        inputs: { policyId: "guard-policy-id", targetId },
      })),
    );
  });

  it("tells a target that the program makes by its position, and takes over attachments at the others only", async () => {
    const recording = await recordProgram();
    const existing = { policyId: "p-12345678", attachedTo: ["ou-a", "ou-b"] };
    new RootUserGuardrail("guard", { targetIds: ["ou-a", output("ou-b"), output("ou-c")], existing });
    await settled();
    expect(recording.resources.slice(1).map(({ name, inputs }) => [name, inputs])).to.deep.equal([
      ["guard-on-ou-a", { policyId: "guard-policy-id", targetId: "ou-a" }],
      ["guard-on-2", { policyId: "guard-policy-id", targetId: "ou-b" }],
      ["guard-on-3", { policyId: "guard-policy-id", targetId: "ou-c" }],
    ]);
    expect([...recording.imports.keys()]).to.deep.equal(["guard-policy", "guard-on-ou-a"]);
  });
});

describe("root session guardrail", () => {
  it("exempts permission sets and roles that the program makes", async () => {
    const recording = await recordProgram();
    const role = new BreakGlassRole("glass", { accountId: audit, trustedPrincipals: [dana] });
    const permissionSetNames = [output("Glass"), "Unlock"];
    new RootSessionGuardrail("guard", { accountId: audit, permissionSetNames, principalArns: [role.arn, erin] });
    await settled();
    const guardrail = recording.resources.find(({ name }) => name === "guard-policy");
    expect(contentOf(guardrail?.inputs)).to.equal(
      JSON.stringify(
        rootSessionGuardrail([
          permissionSetRoleArn(audit, "Glass"),
          permissionSetRoleArn(audit, "Unlock"),
          "arn-of-glass-role",
          erin,
        ]),
      ),
    );
  });

  it("exempts the permission sets' roles and the named principals, on the delegate's account", async () => {
    const recording = await recordProgram();
    new RootSessionGuardrail("guard", { accountId: audit, permissionSetNames: ["Glass"], principalArns: [dana] });
    await settled();
    const content: unknown = JSON.parse(contentOf(recording.resources[0]?.inputs));
    expect(content).to.have.deep.nested.property("Statement[0].Condition.ArnNotLike.aws:PrincipalArn", [
      "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Glass_????????????????",
      dana,
    ]);
    expect(recording.resources[1]).to.have.deep.property("inputs", {
      policyId: "guard-policy-id",
      targetId: "222222222222",
    });
  });

  it("is not made where it would shut everybody out", async () => {
    const recording = await recordProgram();
    expect(() => new RootSessionGuardrail("guard", { accountId: audit })).to.throw(TypeError, "names anybody");
    await settled();
    expect(recording.resources).to.deep.equal([]);
  });
});

/** With what a resource's registration fails. */
async function failureOf(urn: Output<string>): Promise<unknown> {
  return new Promise((resolve) => {
    recover(urn, (error: unknown) => {
      resolve(error);
      return "";
    });
  });
}

function contentOf(inputs: unknown): string {
  const content: unknown = typeof inputs === "object" && inputs !== null ? Reflect.get(inputs, "content") : undefined;
  return typeof content === "string" ? content : "";
}
