import { expect } from "chai";
import { createDrillName, diffDrillName, diffLock, diffMessages, updateDrillName, updateMessages } from "#scenarios";

const provider = { __provider: "serialised code" };
const lock = {
  kind: "bucket",
  arn: "arn:aws:s3:::b",
  accountId: "333333333333",
  region: "ap-northeast-2",
  policy: "{}",
  profile: "orders",
  breakGlassProfile: "break-glass",
};
const messages = {
  queueArn: "arn:aws:sqs:ap-northeast-2:333333333333:q",
  region: "ap-northeast-2",
  bodies: ["a", "b"],
};

describe("what makes an up change a lock", () => {
  it("is nothing where the same is asked for, even by newer code", () => {
    expect(diffLock({ ...lock, ...provider }, lock)).to.deep.equal({
      changes: false,
      replaces: [],
      deleteBeforeReplace: true,
    });
  });

  for (const [key, value] of [
    ["arn", "arn:aws:s3:::c"],
    ["policy", '{"Statement":[]}'],
    ["accountId", "444444444444"],
  ] as const) {
    it(`is another ${key}, and then the old lock is lifted first`, () => {
      const change = diffLock(lock, { ...lock, [key]: value });
      expect(change).to.deep.equal({ changes: true, replaces: [key], deleteBeforeReplace: true });
    });
  }

  it("is another profile, which is noted and locks nothing anew", () => {
    expect(diffLock(lock, { ...lock, profile: "other" }))
      .to.include({ changes: true })
      .and.have.property("replaces").that.is.empty;
  });
});

describe("what makes an up change messages", () => {
  it("is nothing where the same is asked for", () => {
    expect(diffMessages({ ...messages, digests: ["x"], ...provider }, messages)).to.deep.equal({
      changes: false,
      replaces: [],
    });
  });

  it("is another queue or other bodies", () => {
    expect(diffMessages(messages, { ...messages, bodies: ["a"] }).replaces).to.deep.equal(["bodies"]);
    expect(diffMessages(messages, { ...messages, queueArn: "arn" }).replaces).to.deep.equal(["queueArn"]);
  });

  it("is another profile, which sends nothing again", () => {
    expect(diffMessages(messages, { ...messages, profile: "other" })).to.deep.equal({ changes: true, replaces: [] });
    const { outs } = updateMessages({ ...messages, digests: ["x"] }, { ...messages, profile: "other" });
    expect(outs).to.include({ profile: "other" }).and.have.property("digests").that.deep.equals(["x"]);
  });
});

describe("what makes an up change a drill's name", () => {
  const { outs } = createDrillName({ region: "ap-northeast-2", profile: "orders" });

  it("is another Region, and nothing else", () => {
    expect(diffDrillName(outs, { region: "ap-northeast-2", profile: "orders" }).changes).to.equal(false);
    expect(diffDrillName(outs, { region: "ap-northeast-2" })).to.deep.equal({ changes: true, replaces: [] });
    expect(diffDrillName(outs, { region: "us-east-1", profile: "orders" }).replaces).to.deep.equal(["region"]);
  });

  it("keeps the name when only the profile changes", () => {
    expect(updateDrillName(outs, { region: "ap-northeast-2", profile: "other" }).outs).to.deep.equal({
      drillName: outs.drillName,
      region: "ap-northeast-2",
      profile: "other",
    });
  });
});
