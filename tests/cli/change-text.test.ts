import { expect } from "chai";
import { changeText, commentMark } from "../../cli/change/change-text.ts";

const change = { what: "abc1234", against: "a sandbox", outcome: "previewed" } as const;

describe("the text about a change", () => {
  it("has the mark, the counts and what differs, with each sign where GitHub colours by it", () => {
    const engineOutput = [
      "Previewing update (dev):",
      "  pulumi:pulumi:Stack: (same)",
      "    [urn=urn:pulumi:dev::kit::pulumi:pulumi:Stack::kit-dev]",
      "    ~ aws:organizations/policy:Policy: (update)",
      "        [id=p-1]",
      "        [urn=urn:pulumi:dev::kit::aws-break-glass:organization:RootUserGuardrail$aws:organizations/policy:Policy::root-user-policy]",
      "      ~ content: {",
      '          - Action: "s3:*"',
      '          + Action: "sqs:*"',
      "Resources:",
      "    ~ 1 to update",
      "    3 unchanged",
      "",
    ].join("\n");
    expect(changeText([{ ...change, engineOutput }]).split("\n")).to.deep.equal([
      commentMark,
      "### What this change does to the organization",
      "",
      "`pulumi preview` of abc1234 against a sandbox.",
      "",
      "```diff",
      "~ 1 to update",
      "3 unchanged",
      "```",
      "```diff",
      "pulumi:pulumi:Stack: (same) kit-dev",
      "!     aws:organizations/policy:Policy: (update) root-user-policy",
      "!       content: {",
      '-           Action: "s3:*"',
      '+           Action: "sqs:*"',
      "```",
      "",
    ]);
  });

  it("says when nothing changes, and shows no difference then", () => {
    const text = changeText([{ ...change, engineOutput: "Previewing update (dev):\nResources:\n    9 unchanged\n" }]);
    expect(text).to.include("### This change changes nothing in the organization").and.to.not.include("Previewing");
    expect(text.match(/```/g)).to.have.length(2);
  });

  it("says what the engine said when the change cannot be previewed", () => {
    const engineOutput = "error: aws-break-glass:assigments: no\n";
    const text = changeText([{ ...change, outcome: "refused", engineOutput }]);
    expect(text).to.include("### This change cannot be previewed").and.to.include("aws-break-glass:assigments: no");
  });

  it("says what the engine said when the base cannot be deployed, counts and all", () => {
    const engineOutput = "error: AccessDenied\nResources:\n    3 unchanged\n";
    const text = changeText([{ ...change, outcome: "no base", engineOutput }]);
    expect(text).to.include("### This change cannot be previewed: its base cannot be deployed\n");
    expect(text).to.include("error: AccessDenied\nResources:\n    3 unchanged");
  });

  it("has one section a preview, below one mark", () => {
    const text = changeText([
      { ...change, engineOutput: "Resources:\n    9 unchanged\n" },
      { ...change, against: "another sandbox", engineOutput: "Resources:\n    ~ 1 to update\n" },
    ]);
    expect(text.split(commentMark)).to.have.length(2);
    expect(text.match(/^### .*$/gm)).to.deep.equal([
      "### This change changes nothing in the organization",
      "### What this change does to the organization",
    ]);
    expect(text).to.include("against a sandbox.").and.to.include("against another sandbox.");
  });

  for (const sections of [1, 2]) {
    it(`cannot be left by what it quotes, and fits into a comment with ${sections} sections`, () => {
      const engineOutput = `+ a: "\`\`\`\`"\n${"x".repeat(70_000)}\nResources:\n    + 1 to create\n`;
      const text = changeText(Array.from({ length: sections }, () => ({ ...change, engineOutput })));
      expect(text)
        .to.include("`````diff")
        .and.to.match(/and \d+ more characters/);
      expect(text.length).to.be.below(65_536);
    });
  }
});
