import { expect } from "chai";
import pc from "picocolors";
import { statusTable } from "../../cli/status.ts";
import { wrapped } from "../../cli/wrapped.ts";
import { inColumns } from "../../cli/columns.ts";

describe("text in a terminal's width", () => {
  const sentence = "No root session has been opened, nothing has been changed.";

  it("is broken between words, and is as it was where it fits or goes into a file", () => {
    expect(wrapped(sentence, 32)).to.equal("No root session has been opened,\nnothing has been changed.");
    expect(wrapped(sentence, sentence.length)).to.equal(sentence);
    expect(wrapped(sentence, undefined)).to.equal(sentence);
  });

  it("goes on below where a line began, line by line", () => {
    expect(wrapped(`break-glass: no.\n  ${sentence}`, 34)).to.equal(
      "break-glass: no.\n  No root session has been opened,\n  nothing has been changed.",
    );
  });

  it("is measured as it is shown: wide characters take two columns, colours none", () => {
    expect(wrapped("주문 서비스 계정", 11)).to.equal("주문 서비스\n계정");
    const { yellow } = pc.createColors(true);
    expect(wrapped(yellow("No root session"), 15)).to.equal(yellow("No root session"));
  });

  it("never breaks a word, nor a command that somebody may copy", () => {
    const arn = "arn:aws:sqs:ap-northeast-2:333333333333:orders";
    expect(wrapped(`It is ${arn} now.`, 20)).to.equal(`It is\n${arn}\nnow.`);
    const command = "aws iam enable-organizations-root-sessions --region us-east-1";
    expect(wrapped(`In the management account: ${command}; pulumi up does it, too.`, 50)).to.equal(
      `In the management account:\n${command};\npulumi up does it, too.`,
    );
    const put = "break-glass unlock s3 arn:aws:s3:::orders --account 333333333333 --policy FILE";
    expect(wrapped(`Put a corrected one in its place: ${put}.`, 40)).to.equal(
      `Put a corrected one in its place:\n${put}.`,
    );
  });

  it("is a table's last cell, below its own beginning", () => {
    const rows = [
      ["ACCOUNT", "RESULT"],
      ["333333333333", `failed: ${sentence}`],
    ];
    expect(inColumns(rows, 50)).to.deep.equal([
      "ACCOUNT       RESULT",
      "333333333333  failed: No root session has been",
      "              opened, nothing has been changed.",
    ]);
    expect(inColumns(rows)).to.have.length(2);
  });
});

describe("the table of a status", () => {
  const checks = [
    { about: "caller", state: "holds", because: "arn:aws:iam::333333333333:user/administrator" },
    {
      about: "caller's account",
      state: "does not hold",
      what: "Account 333333333333 may not open root sessions: it is neither the management account nor the delegated administrator of iam.amazonaws.com.",
      next: "Use credentials of the management account 111111111111.",
    },
    { about: "task IAMDeleteRootUserCredentials", state: "not checked", because: "needs x:Y" },
  ] as const;

  it("has a line a check where nothing has to fit", () => {
    expect(statusTable(checks, undefined).split("\n")).to.deep.equal([
      "ok           caller                             arn:aws:iam::333333333333:user/administrator",
      `missing      caller's account                   ${checks[1].what}`,
      `                                                fix: ${checks[1].next}`,
      "not checked  task IAMDeleteRootUserCredentials  needs x:Y",
      "1 ok, 1 missing, 1 not checked.",
    ]);
    expect(statusTable(checks, 200)).to.equal(statusTable(checks, undefined));
  });

  it("has below a line what does not fit beside it", () => {
    expect(statusTable(checks, 80).split("\n")).to.deep.equal([
      "ok           caller",
      "             arn:aws:iam::333333333333:user/administrator",
      "missing      caller's account",
      "             Account 333333333333 may not open root sessions: it is neither the",
      "             management account nor the delegated administrator of",
      "             iam.amazonaws.com.",
      "             fix: Use credentials of the management account 111111111111.",
      "not checked  task IAMDeleteRootUserCredentials  needs x:Y",
      "1 ok, 1 missing, 1 not checked.",
    ]);
  });
});
