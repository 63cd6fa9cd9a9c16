import { expect } from "chai";
import { accessDeniedMessage } from "#iam";
import { readDenials } from "#root-access";
import { bucket, lacking, member, only } from "./refusals.ts";

describe("reading refusals", () => {
  const event = (errorMessage: string): object => ({
    eventName: "ListRoots",
    errorCode: "AccessDenied",
    errorMessage,
    eventID: "e",
  });
  const refused = event(lacking("organizations:ListRoots"));
  const fine = { eventName: "ListRoots", eventID: "f" };
  const forms: readonly (readonly [string, string])[] = [
    ["an event", JSON.stringify(refused)],
    ["a log file of CloudTrail's", JSON.stringify({ Records: [refused, fine] })],
    ["what lookup-events answered", JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(refused) }] })],
    ["an EventBridge event", JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: refused })],
    ["what a log group holds of it", JSON.stringify({ message: JSON.stringify(refused), timestamp: 1 })],
    [
      "what filter-log-events answered",
      JSON.stringify({ events: [fine, refused].map((one) => ({ message: JSON.stringify(one) })) }),
    ],
    [
      "what CloudWatch Logs Insights answered",
      JSON.stringify({ results: [[{ field: "@message", value: JSON.stringify(refused) }]], status: "Complete" }),
    ],
    [
      "a log's line in JSON",
      JSON.stringify({ level: "error", error: { message: lacking("organizations:ListRoots") } }),
    ],
    [
      "an event whose other parts are odd",
      JSON.stringify({ ...refused, requestParameters: { taskPolicyArn: 7 }, userIdentity: null }),
    ],
    [
      "Terraform's frame",
      `╷\n│ Error: api error AccessDenied: ${lacking("organizations:ListRoots").replaceAll(" ", "\n│ ")}\n│\n╵`,
    ],
    ["an event a line", `${JSON.stringify(fine)}\n${JSON.stringify(refused)}\n`],
    [
      "a wrapped line of the AWS CLI's",
      `\nAn error occurred (AccessDenied) when calling the ListRoots\noperation: ${lacking("organizations:ListRoots")}\n`,
    ],
    ["a line of an SDK's", `AccessDenied: ${lacking("organizations:ListRoots")} at x.js:1`],
    [
      "a JSON answer",
      JSON.stringify({ __type: "com.amazon#AccessDeniedException", Message: lacking("organizations:ListRoots") }),
    ],
  ];
  for (const [form, text] of forms) {
    it(`from ${form}`, () => {
      expect(readDenials(text).map(({ said }) => said?.action)).to.deep.equal(["organizations:ListRoots"]);
    });
  }

  it("keeps the task that an event asked for, in both of its forms", () => {
    const task = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
    for (const taskPolicyArn of [task, { arn: task }]) {
      const [denial] = readDenials(JSON.stringify({ ...refused, requestParameters: { taskPolicyArn } }));
      expect(denial?.event?.taskPolicyArn).to.equal(task);
    }
  });

  it("does not lose an event whose message or task is not as usual", () => {
    for (const odd of [
      { errorMessage: null },
      { errorMessage: undefined },
      { requestParameters: { taskPolicyArn: "odd" } },
    ]) {
      const [denial] = readDenials(JSON.stringify({ Records: [{ ...refused, ...odd }] }));
      expect(denial, JSON.stringify(odd)).to.include({ code: "AccessDenied", operation: "ListRoots" });
    }
    expect(only(JSON.stringify({ ...refused, errorMessage: null })).because).to.equal(
      "AWS gives no reason beyond AccessDenied for ListRoots.",
    );
  });

  it("finds every refusal of a log, whichever form each has", () => {
    const cli = (operation: string, message: string): string =>
      `10:00 ERROR An error occurred (AccessDenied) when calling the ${operation} operation: ${message}`;
    const log = [
      cli("ListUsers", lacking("iam:ListUsers")),
      `10:01 ERROR AccessDenied: ${lacking("sqs:ListQueues")}`,
      cli("PutObject", "Access Denied"),
      `10:02 ERROR AccessDenied: ${lacking("sns:ListTopics")}`,
      cli("GetUser", `Explicit: ${lacking("iam:GetUser")}`),
      "10:03 INFO nothing",
    ].join("\n");
    expect(readDenials(log).map(({ operation, said }) => [operation, said?.action])).to.deep.equal([
      ["ListUsers", "iam:ListUsers"],
      [undefined, "sqs:ListQueues"],
      ["PutObject", undefined],
      [undefined, "sns:ListTopics"],
      ["GetUser", "iam:GetUser"],
    ]);
  });

  it("reads the references of S3's XML, in which it quotes the resource", () => {
    const reason = { kind: "explicit", policyType: "resource-based policy" } as const;
    const principalArn = `arn:aws:iam::${member}:user/ops`;
    const sentence = accessDeniedMessage(reason, {
      principalArn,
      action: "s3:ListBucket",
      resource: `&quot;${bucket}&quot;`,
    });
    const { because, changes } = only(`<Error><Code>AccessDenied</Code><Message>${sentence}</Message></Error>`);
    expect(because).to.include(`denies s3:ListBucket on ${bucket} by`);
    expect(changes[0]?.command).to.include("break-glass unlock s3 orders-invoices ");
  });

  it("finds none where there is none", () => {
    for (const text of ["", "  \n", "{}", "[]", JSON.stringify({ Records: [fine] })])
      expect(readDenials(text)).to.be.empty;
  });
});
