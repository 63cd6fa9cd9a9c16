import { expect } from "chai";
import { breakGlassRoleSettings } from "../../components/break-glass-role-settings.ts";
import type { OwnResources } from "../../components/facts/own-resources.ts";
import { adoptRole } from "../../components/adoption/role-adoption.ts";
import { breakGlassPolicy } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { recordProgram, type Recording } from "./provider-mocks.ts";

const planned = {
  accountId: accountIdOf("222222222222"),
  arn: "arn:aws:iam::222222222222:role/break-glass/BreakGlassAssumeRoot",
  trustedPrincipals: ["arn:aws:iam::222222222222:user/dana"],
  name: "BreakGlassAssumeRoot",
  path: "/break-glass/",
  sourceIdentity: false,
  policy: breakGlassPolicy(),
};
const { description, trust, maxSessionDuration } = breakGlassRoleSettings(planned);
const ownPolicy = { PolicyName: planned.name, PolicyDocument: planned.policy };

/** As Cloud Control tells it. */
const same = {
  Path: planned.path,
  Description: description,
  AssumeRolePolicyDocument: trust,
  MaxSessionDuration: maxSessionDuration,
  Policies: [ownPolicy],
};

interface Adopted {
  readonly answer: unknown;
  readonly recording: Recording;
}

async function adopted(found: object, own: OwnResources | undefined = []): Promise<Adopted> {
  const recording = await recordProgram({ answers: () => ({ properties: JSON.stringify(found) }) });
  return { answer: await adoptRole(planned, own, {}), recording };
}

function roleOf(accountId: string, path: string): OwnResources {
  return [{ type: "aws:iam/role:Role", outputs: { arn: `arn:aws:iam::${accountId}:role${path}${planned.name}` } }];
}

describe("a break-glass role that is there already", () => {
  it("is looked up by its name through Cloud Control", async () => {
    const { recording } = await adopted(same);
    expect(recording.invokes).to.deep.equal([
      {
        token: "aws:cloudcontrol/getResource:getResource",
        inputs: { typeName: "AWS::IAM::Role", identifier: planned.name },
      },
    ]);
  });

  it("is taken over with the same settings and inline policy", async () => {
    expect((await adopted(same)).answer).to.deep.equal({ known: { accepted: { hasPolicy: true } } });
  });

  it("is taken over without an inline policy, as a run that was killed may have left it", async () => {
    const { answer } = await adopted({ ...same, Policies: [] });
    expect(answer).to.deep.equal({ known: { accepted: { hasPolicy: false } } });
  });

  it("is none where the account has none", async () => {
    await recordProgram({
      answers: () => {
        throw new Error("reading Cloud Control API (AWS::IAM::Role) Resource (x): couldn't find resource");
      },
    });
    expect(await adoptRole(planned, [], {})).to.deep.equal({ known: { accepted: undefined } });
  });

  it("is the stack's own by its account and its name, whatever its path, and is not looked for then", async () => {
    for (const path of ["/break-glass/", "/other/", "/"]) {
      const { answer, recording } = await adopted({ ...same, Description: "Before" }, roleOf("222222222222", path));
      expect(answer).to.deep.equal({ known: { accepted: undefined } });
      expect(recording.invokes).to.deep.equal([]);
    }
  });

  it("is not the stack's own where that is another account's role of the name, or another name's", async () => {
    const other = await adopted({ ...same, Description: "Mine" }, roleOf("111111111111", planned.path));
    expect(other.answer).to.have.nested.property("known.problems[0]").that.includes("another description (Mine)");
    const longer = await adopted(same, roleOf("222222222222", "/break-glass/Not"));
    expect(longer.answer).to.deep.equal({ known: { accepted: { hasPolicy: true } } });
  });

  it("may be there unseen where it may not be looked for, or where nobody tells what is the stack's own", async () => {
    await recordProgram({
      answers: () => {
        throw new Error("AccessDeniedException: User: x is not authorized to perform: iam:GetRole on resource: y");
      },
    });
    expect(await adoptRole(planned, [], {})).to.deep.equal({ needs: "iam:GetRole" });
    expect(await adoptRole(planned, undefined, {}))
      .to.have.property("needs")
      .that.includes("a Pulumi engine");
  });

  const differences: readonly (readonly [object, string])[] = [
    [{ Path: "/" }, "another path (/)"],
    [{ Description: "Mine" }, "another description (Mine)"],
    [{ AssumeRolePolicyDocument: {} }, "another trust policy"],
    [{ MaxSessionDuration: 43_200 }, "another session duration (43200 s)"],
    [{ Policies: [{ ...ownPolicy, PolicyDocument: {} }] }, "another inline policy"],
    [{ Policies: [ownPolicy, { ...ownPolicy, PolicyName: "more" }] }, "other inline policies (more)"],
    [{ ManagedPolicyArns: ["arn:aws:iam::aws:policy/A"] }, "managed policies (arn:aws:iam::aws:policy/A)"],
    [{ PermissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, "a permissions boundary"],
    [{ Tags: [{ Key: "owner", Value: "x" }] }, "tags (owner)"],
  ];
  for (const [difference, words] of differences) {
    it(`is left alone with ${words}`, async () => {
      const { answer } = await adopted({ ...same, ...difference });
      expect(answer)
        .to.have.nested.property("known.problems[0]")
        .that.includes(
          `account 222222222222 has a role BreakGlassAssumeRoot that this stack does not manage, with ${words}.`,
        );
    });
  }
});
