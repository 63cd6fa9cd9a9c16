import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { adoptGuardrail, findGuardrail, type FoundGuardrail } from "../../components/adoption/guardrail-adoption.ts";
import { rootUserGuardrailPolicy } from "../../components/guardrail-policies.ts";
import type { OwnResources } from "../../components/facts/own-resources.ts";
import { type InvokeAnswers, recordProgram } from "./provider-mocks.ts";

const policy = rootUserGuardrailPolicy("DenyRootUserExceptRootSessions");
const wanted = { key: "aws-break-glass:rootUserGuardrail", policy, targetIds: ["ou-1", "ou-2"] };
const content = JSON.stringify(policy.content);

const asWanted: FoundGuardrail = {
  policyId: "p-1",
  attachedTo: ["ou-1"],
  isOwn: false,
  description: policy.description,
  content,
  tags: {},
};

const organization: InvokeAnswers = (token, inputs) => {
  switch (token) {
    case "aws:organizations/getPolicies:getPolicies":
      return { ids: ["p-0", "p-1"] };
    case "aws:organizations/getPolicy:getPolicy":
      return inputs["policyId"] === "p-1"
        ? { id: "p-1", name: policy.name, description: policy.description, content }
        : { id: "p-0", name: "Other", description: "", content: "{}" };
    case "aws:organizations/getPoliciesForTarget:getPoliciesForTarget":
      return { ids: inputs["targetId"] === "ou-1" ? ["p-1"] : ["p-0"] };
    case "aws:organizations/getResourceTags:getResourceTags":
      return { tags: {} };
    default:
      throw new Error(`this program was not expected to ask ${token}`);
  }
};

const ownPolicy = {
  type: "aws:organizations/policy:Policy",
  outputs: { name: policy.name, arn: "arn:aws:organizations::111111111111:policy/o-1/service_control_policy/p-1" },
};
const ownAttachment = (targetId: string): OwnResources[number] => ({
  type: "aws:organizations/policyAttachment:PolicyAttachment",
  outputs: { policyId: "p-1", targetId },
});

describe("a guardrail's policy that is there already", () => {
  afterEach(() => {
    runtime.setAllConfig({});
  });

  it("is found by its name, with the attachments that exist", async () => {
    await recordProgram({ answers: organization });
    expect(await findGuardrail(wanted, [])).to.deep.equal({ known: asWanted });
  });

  it("is this stack's own where the state has it, and only its attachments are of interest", async () => {
    await recordProgram({ answers: organization });
    expect(await findGuardrail(wanted, [ownPolicy, ownAttachment("ou-2")])).to.deep.equal({
      known: { ...asWanted, isOwn: true },
    });
  });

  it("is not looked for where the state has all of it", async () => {
    const recording = await recordProgram({ answers: organization });
    const own = [ownPolicy, ownAttachment("ou-1"), ownAttachment("ou-2")];
    expect(await findGuardrail(wanted, own)).to.deep.equal({ known: undefined });
    expect(recording.invokes).to.deep.equal([]);
  });

  it("may be there unseen where it may not be looked for", async () => {
    await recordProgram({
      answers: () => {
        throw new Error("AccessDeniedException: User: x is not authorized to perform: organizations:ListPolicies");
      },
    });
    expect(await findGuardrail(wanted, [])).to.deep.equal({ needs: "organizations:ListPolicies" });
  });

  it("is taken over with the same settings, and always where it is the stack's own", () => {
    expect(adoptGuardrail(wanted, undefined)).to.deep.equal({ accepted: undefined });
    expect(adoptGuardrail(wanted, asWanted)).to.deep.equal({ accepted: asWanted });
    const changing = { ...asWanted, isOwn: true, description: "Before" };
    expect(adoptGuardrail(wanted, changing)).to.deep.equal({ accepted: changing });
  });

  const differences: readonly (readonly [Partial<FoundGuardrail>, string])[] = [
    [{ description: "Mine" }, "another description (Mine)"],
    [{ content: "{}" }, "another content"],
    [{ tags: { owner: "x" } }, "tags (owner)"],
  ];
  for (const [difference, words] of differences) {
    it(`is left alone with ${words}`, () => {
      const review = adoptGuardrail(wanted, { ...asWanted, ...difference });
      expect("problems" in review && review.problems[0]).to.include(`that this stack does not manage, with ${words}.`);
    });
  }
});
