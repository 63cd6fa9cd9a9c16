import { expect } from "chai";
import { parseBucketTarget, parseQueueTarget, RootAccessError, whatIsMissing } from "#root-access";

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

  const urls = [
    { url: "https://orders.data-1.s3.ap-northeast-2.amazonaws.com/", region: "ap-northeast-2" },
    { url: "https://orders.data-1.s3.ap-northeast-2.amazonaws.com", region: "ap-northeast-2" },
    { url: "https://orders.data-1.s3-eu-west-1.amazonaws.com/", region: "eu-west-1" },
    { url: "https://orders.data-1.s3.dualstack.us-west-2.amazonaws.com/", region: "us-west-2" },
    { url: "https://orders.data-1.s3.amazonaws.com/", region: undefined },
    { url: "https://s3.ap-northeast-2.amazonaws.com/orders.data-1", region: "ap-northeast-2" },
    { url: "https://s3-us-gov-west-1.amazonaws.com/orders.data-1/", region: "us-gov-west-1" },
    { url: "https://s3.amazonaws.com/orders.data-1", region: undefined },
  ];
  for (const { url, region } of urls) {
    it(`is read from ${url}${region === undefined ? "" : ", Region included"}`, () => {
      const target = parseBucketTarget(url, account);
      expect(target.name).to.equal("orders.data-1");
      expect(target.region).to.equal(region);
    });
  }

  for (const url of [
    "https://orders.s3.ap-northeast-2.amazonaws.com/key",
    "https://s3.ap-northeast-2.amazonaws.com/orders/key",
    "https://s3.ap-northeast-2.amazonaws.com/",
    "https://orders.s3.ap-northeast-2.amazonaws.com.example.com/",
    "https://orders.s3-website.ap-northeast-2.amazonaws.com/",
    "https://example.com/orders",
  ]) {
    it(`is not ${url}`, () => {
      expect(() => parseBucketTarget(url, account)).to.throw(RootAccessError, url);
    });
  }

  it("does not contradict its URL's Region", () => {
    const url = "https://orders.s3.eu-west-1.amazonaws.com/";
    expect(() => parseBucketTarget(url, here)).to.throw(RootAccessError, "contradicts");
  });

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
    { text: "https://sqs.ap-northeast-2.amazonaws.com/333333333333/orders/", beside: {} },
    { text: "https://vpce-0a1b-2c3d.sqs.ap-northeast-2.vpce.amazonaws.com/333333333333/orders", beside: {} },
  ];
  for (const { text, beside } of complete) {
    it(`is read from ${text} with ${JSON.stringify(beside)}`, () => {
      expect(parseQueueTarget(text, beside)).to.include({
        kind: "queue",
        accountId: "333333333333",
        region: "ap-northeast-2",
        name: "orders",
        arn,
        url:
          text.startsWith("http") && !text.includes("vpce")
            ? text.replace(/\/$/, "")
            : "https://sqs.ap-northeast-2.amazonaws.com/333333333333/orders",
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
    { text: "https://sqs.us-east-1.amazonaws.com/333333333333/orders/x", beside: {}, says: "not the URL of a queue" },
    {
      text: "https://example.com/333333333333/orders",
      beside: here,
      says: "not the URL of a queue of AWS, by its host",
    },
    {
      text: "https://sqs.us-east-1.amazonaws.com.example.com/333333333333/orders",
      beside: here,
      says: "not the URL of a queue of AWS, by its host",
    },
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

describe("a queue's URL at an endpoint of one's own", () => {
  const url = "http://queues.example.com:9324/333333333333/orders";
  const { AWS_ENDPOINT_URL_SQS: before } = process.env;
  afterEach(() => {
    if (before === undefined) delete process.env["AWS_ENDPOINT_URL_SQS"];
    else process.env["AWS_ENDPOINT_URL_SQS"] = before;
  });

  it("is taken where the environment names that endpoint, and refused at another port", () => {
    process.env["AWS_ENDPOINT_URL_SQS"] = "http://queues.example.com:9324";
    expect(parseQueueTarget(url, here).url).to.equal(url);
    process.env["AWS_ENDPOINT_URL_SQS"] = "http://queues.example.com";
    expect(() => parseQueueTarget(url, here)).to.throw(RootAccessError, "by its host");
  });
});

describe("what is missing of a target", () => {
  const cases = [
    { kind: "bucket", text: "orders", given: {}, missing: ["account"] },
    { kind: "bucket", text: "https://orders.s3.eu-west-1.amazonaws.com/", given: account, missing: [] },
    { kind: "queue", text: "orders", given: {}, missing: ["account", "Region"] },
    { kind: "queue", text: "orders", given: account, missing: ["Region"] },
    { kind: "queue", text: "arn:aws:sqs:ap-northeast-2:333333333333:orders", given: {}, missing: [] },
    { kind: "queue", text: "http://127.0.0.1:4566/333333333333/orders", given: {}, missing: ["Region"] },
  ] as const;
  for (const { kind, text, given, missing } of cases) {
    it(`is ${missing.join(" and ") || "nothing"} for ${kind} ${text}`, () => {
      expect(whatIsMissing(kind, text, given)).to.deep.equal(missing);
    });
  }

  it("is not asked for where the text is wrong", () => {
    expect(() => whatIsMissing("bucket", "s3://b/key", {})).to.throw(RootAccessError, "s3://b/key");
  });
});
