import { expect } from "chai";
import * as fc from "fast-check";
import { formatArn, parseAccountId, parseArn, rootUserArn } from "#iam";

describe("account ids", () => {
  it("are twelve digits, leading zeros included", () => {
    expect(parseAccountId("012345678901")).to.equal("012345678901");
    for (const text of [
      "",
      "12345678901",
      "1234567890123",
      "12345678901a",
      " 123456789012",
      "１２３４５６７８９０１２",
    ]) {
      expect(parseAccountId(text), text).to.equal(undefined);
    }
  });
});

describe("ARNs", () => {
  it("keep the colons of their resource", () => {
    const arn = parseArn("arn:aws:logs:eu-west-1:333333333333:log-group:a:b");
    expect(arn).to.include({
      service: "logs",
      region: "eu-west-1",
      accountId: "333333333333",
      resource: "log-group:a:b",
    });
  });

  it("may leave Region and account empty", () => {
    expect(parseArn("arn:aws:s3:::b")).to.include({ region: "", accountId: "", resource: "b" });
    expect(parseArn(rootUserArn("333333333333"))).to.include({
      region: "",
      accountId: "333333333333",
      resource: "root",
    });
  });

  it("are nothing else", () => {
    for (const text of ["", "arn", "arn:aws:s3:::", "arn:aws:s3::", "urn:aws:s3:::b", "arn::s3:::b", "arn:aws::::b"]) {
      expect(parseArn(text), text).to.equal(undefined);
    }
  });

  it("are formatted as they were parsed", () => {
    const part = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const parts = fc.record({
      partition: part,
      service: part,
      region: fc.oneof(part, fc.constant("")),
      accountId: fc.oneof(part, fc.constant("")),
      resource: fc.stringMatching(/^[a-z0-9/:*-]{1,20}$/).filter((text) => !text.startsWith(":")),
    });
    fc.assert(
      fc.property(parts, (arn) => {
        expect(parseArn(formatArn(arn))).to.deep.equal(arn);
      }),
    );
  });
});
