import { expect } from "chai";
import {
  breakGlassPolicy,
  denyAllBucketPolicy,
  denyAllQueuePolicy,
  evaluate,
  inlinePolicySize,
  largestInlinePolicy,
  parsePolicy,
  type TaskName,
  taskPolicyArn,
} from "#iam";
import { accountIdOf } from "../account-id.ts";
import { orders, payments, policy, requestOf, root, user } from "./sample-requests.ts";

describe("breakGlassPolicy", () => {
  it("is the documented inline policy, to the letter", () => {
    expect(breakGlassPolicy()).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Sid: "AllowAssumeRoot", Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" },
        {
          Sid: "AllowListAccounts",
          Effect: "Allow",
          Action: [
            "organizations:ListDelegatedAdministrators",
            "organizations:ListAWSServiceAccessForOrganization",
            "organizations:DescribeOrganization",
            "organizations:ListRoots",
            "organizations:ListAccountsForParent",
            "organizations:ListOrganizationalUnitsForParent",
            "ec2:DescribeRegions",
            "sso:DescribeRegisteredRegions",
            "sso:ListInstances",
            "iam:ListSTSRegionalEndpointsStatus",
            "iam:GetOutboundWebIdentityFederationInfo",
            "iam:GetAccountSummary",
            "iam:ListAccountAliases",
            "iam:ListOrganizationsFeatures",
            "account:GetAccountInformation",
          ],
          Resource: "*",
        },
      ],
    });
  });

  it("lets its holder open a root session and see the accounts, and nothing else", () => {
    const identity = [{ name: "BreakGlassAssumeRoot", document: parsePolicy(breakGlassPolicy(), "identity") }];
    const may = (action: string, resource: string): boolean =>
      evaluate(requestOf({ action, resource }), { identity }).allowed;
    expect(may("sts:AssumeRoot", `arn:aws:iam::${payments}:root`)).to.equal(true);
    expect(may("organizations:ListRoots", "*")).to.equal(true);
    for (const action of ["sts:AssumeRole", "iam:ListUsers", "organizations:ListAccounts", "s3:DeleteBucketPolicy"]) {
      expect(may(action, "*"), action).to.equal(false);
    }
  });

  it("limits its holder to chosen tasks and member accounts", () => {
    const limited = breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy"], targetAccounts: [accountIdOf(orders)] });
    const identity = [{ name: "Responders", document: parsePolicy(limited, "identity") }];
    const may = (target: string, task: TaskName): boolean => {
      const context = { "sts:TaskPolicyArn": taskPolicyArn(task) };
      const request = { action: "sts:AssumeRoot", resource: `arn:aws:iam::${target}:root`, context };
      return evaluate(requestOf(request), { identity }).allowed;
    };
    expect(may(orders, "S3UnlockBucketPolicy")).to.equal(true);
    expect(may(orders, "SQSUnlockQueuePolicy")).to.equal(false);
    expect(may(payments, "S3UnlockBucketPolicy")).to.equal(false);
  });

  const listings = [
    { options: {}, sids: ["AllowAssumeRoot", "AllowListAccounts"], listed: 15 },
    { options: { accountListing: "console-and-details" }, sids: ["AllowAssumeRoot", "AllowListAccounts"], listed: 18 },
    { options: { accountListing: "none" }, sids: ["AllowAssumeRoot"], listed: 0 },
    { options: { accountListing: "none", preflight: true }, sids: ["AllowAssumeRoot", "AllowPreflight"], listed: 9 },
  ] as const;
  for (const { options, sids, listed } of listings) {
    it(`gives reads as chosen: ${JSON.stringify(options)}`, () => {
      const { Statement } = breakGlassPolicy(options);
      expect(Statement.map(({ Sid }) => Sid)).to.deep.equal(sids);
      const reads = Statement.slice(1).flatMap(({ Action }) => Action);
      expect(new Set(reads).size).to.equal(listed);
      for (const action of reads) expect(action).to.match(/:(List|Describe|Get|Lookup)/);
    });
  }

  it("is measured as Identity Center measures it: bytes, white space apart", () => {
    const spaced = { Sid: "A b", Effect: "Allow", Action: "한", Resource: "*" } as const;
    const measured = inlinePolicySize({ Version: "2012-10-17", Statement: [spaced] });
    const text = '{"Version":"2012-10-17","Statement":[{"Sid":"Ab","Effect":"Allow","Action":"","Resource":"*"}]}';
    expect(measured).to.equal(text.length + 3);
    expect(inlinePolicySize(breakGlassPolicy())).to.be.lessThan(largestInlinePolicy);
  });
});

describe("the drill's locks", () => {
  const queueArn = `arn:aws:sqs:ap-northeast-2:${orders}:orders`;

  it("are the documented policies, to the letter", () => {
    expect(denyAllBucketPolicy("b")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyAll",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
        },
      ],
    });
    expect(denyAllQueuePolicy(queueArn)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: "SQS:*", Resource: queueArn }],
    });
  });

  const calls: readonly (readonly [string, string])[] = [
    ["s3:GetBucketPolicy", "arn:aws:s3:::b"],
    ["s3:DeleteBucketPolicy", "arn:aws:s3:::b"],
    ["s3:ListBucket", "arn:aws:s3:::b"],
    ["s3:GetObject", "arn:aws:s3:::b/folder/key"],
    ["sqs:SendMessage", queueArn],
    ["sqs:GetQueueAttributes", queueArn],
    ["sqs:SetQueueAttributes", queueArn],
  ];
  for (const [action, resource] of calls) {
    it(`deny ${action} to administrators and root alike`, () => {
      const lock = action.startsWith("s3:") ? denyAllBucketPolicy("b") : denyAllQueuePolicy(queueArn);
      const policies = {
        identity: [policy("AdministratorAccess")],
        resource: { name: "lock", document: parsePolicy(lock, "resource") },
      };
      for (const principal of [user, root]) {
        const decision = evaluate(requestOf({ action, resource, principal }), policies);
        expect(decision).to.include({ kind: "explicit", policyType: "resource-based policy", statement: "DenyAll" });
      }
    });
  }

  it("leave other buckets and queues alone", () => {
    const document = parsePolicy(denyAllBucketPolicy("b"), "resource");
    const policies = { identity: [policy("AdministratorAccess")], resource: { name: "lock", document } };
    expect(evaluate(requestOf({ resource: "arn:aws:s3:::b2" }), policies).allowed).to.equal(true);
  });
});
