import { expect } from "chai";
import { parseBucketTarget, parseQueueTarget, RootAccessError } from "#root-access";

const account = { accountId: "333333333333" };
const here = { ...account, region: "ap-northeast-2" };

describe("a bucket target", () => {
  for (const text of ["orders.data-1", "arn:aws:s3:::orders.data-1", "s3://orders.data-1", "s3://orders.data-1/"]) {
    it(`is read from ${text}`, () => {
      expect(parseBucketTarget(text, account)).to.deep.equal({
        kind: "bucket",
        accountId: "333333333333",
        name: "orders.data-1",
        arn: "arn:aws:s3:::orders.data-1",
      });
    });
  }

  for (const text of [
    "",
    "a",
    "s3://b/key",
    "arn:aws:s3:::orders/key",
    "arn:aws:sqs:us-east-1:333333333333:q",
    "b b",
    "arn:aws:s3:us-west-2:333333333333:accesspoint/x",
    "arn:aws-cn:s3:::orders",
    "data--use1-az4--x-s3",
  ]) {
    it(`is not "${text}"`, () => {
      expect(() => parseBucketTarget(text, account)).to.throw(RootAccessError, text || '""');
    });
  }

  it("needs its owner, and a well-formed one", () => {
    expect(() => parseBucketTarget("orders", {})).to.throw(RootAccessError, "--account");
    expect(() => parseBucketTarget("orders", { accountId: "33333333333" })).to.throw(RootAccessError, "twelve digits");
  });
});

describe("a queue target", () => {
  const arn = "arn:aws:sqs:ap-northeast-2:333333333333:orders";
  const complete = [
    { text: arn, beside: {} },
    { text: arn, beside: here },
    { text: "https://sqs.ap-northeast-2.amazonaws.com/333333333333/orders", beside: {} },
    { text: "https://ap-northeast-2.queue.amazonaws.com/333333333333/orders", beside: {} },
    { text: "http://127.0.0.1:4566/333333333333/orders", beside: { region: "ap-northeast-2" } },
    { text: "orders", beside: here },
  ];
  for (const { text, beside } of complete) {
    it(`is read from ${text} with ${JSON.stringify(beside)}`, () => {
      expect(parseQueueTarget(text, beside)).to.include({
        kind: "queue",
        accountId: "333333333333",
        region: "ap-northeast-2",
        name: "orders",
        arn,
        url: text.startsWith("http") ? text : "https://sqs.ap-northeast-2.amazonaws.com/333333333333/orders",
      });
    });
  }

  it("may be a FIFO queue, and in us-east-1 have the oldest kind of URL", () => {
    expect(parseQueueTarget("https://queue.amazonaws.com/333333333333/orders.fifo", {}).arn).to.equal(
      "arn:aws:sqs:us-east-1:333333333333:orders.fifo",
    );
  });

  const wrong = [
    { text: arn, beside: { accountId: "222222222222" }, says: "--account 222222222222 contradicts" },
    { text: arn, beside: { region: "us-east-1" }, says: "--region us-east-1 contradicts" },
    { text: "orders", beside: account, says: "--region" },
    { text: "orders", beside: { region: "us-east-1" }, says: "--account" },
    { text: "http://127.0.0.1:4566/333333333333/orders", beside: {}, says: "--region" },
    { text: "https://sqs.us-east-1.amazonaws.com/orders", beside: {}, says: "not the URL of a queue" },
    { text: "https://", beside: here, says: "not the URL of a queue" },
    { text: "arn:aws-cn:sqs:cn-north-1:333333333333:orders", beside: {}, says: "aws partition" },
    { text: "arn:aws:sns:us-east-1:333333333333:orders", beside: {}, says: "not the ARN of a queue" },
    { text: "no queue", beside: here, says: "does not name a queue" },
  ];
  for (const { text, beside, says } of wrong) {
    it(`is refused: ${text} with ${JSON.stringify(beside)}`, () => {
      expect(() => parseQueueTarget(text, beside)).to.throw(RootAccessError, says);
    });
  }
});
