import { expect } from "chai";
import { evaluate } from "#iam";
import createPassword from "../../iam/task-policies/IAMCreateRootUserPassword.json" with { type: "json" };
import unlockBucket from "../../iam/task-policies/S3UnlockBucketPolicy.json" with { type: "json" };
import unlockQueue from "../../iam/task-policies/SQSUnlockQueuePolicy.json" with { type: "json" };
import { applicable } from "../fuzz/evaluator.ts";
import { type DocumentedRequest, type Example, type Outcome, requestOf, root } from "../oracle/documented/example.ts";
import { documentedExamples } from "../oracle/documented/index.ts";
import { judge } from "../oracle/judge.ts";
import type { Question } from "../oracle/question.ts";

const member = { principal: root(), context: { "aws:PrincipalArn": root().arn, "aws:AssumedRoot": "true" } };
const queue = "arn:aws:sqs:us-east-1:123456789012:q";
const ownQueue = { "aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": "123456789012" };

function task(says: string, action: string, resource: string, allowed: boolean): DocumentedRequest {
  const context = { ...member.context, ...ownQueue };
  return { ...member, says, action, resource, context, outcome: allowed ? "allowed" : "explicit deny: session policy" };
}

/** The page describes each task in words; the policies are AWS's own. */
const tasks: readonly Omit<Example, "title" | "page">[] = [
  {
    policies: { identity: [], session: [unlockBucket] },
    requests: [
      task("removes a misconfigured bucket policy", "s3:DeleteBucketPolicy", "arn:aws:s3:::b", true),
      task("and nothing else of the bucket", "s3:DeleteBucket", "arn:aws:s3:::b", false),
    ],
  },
  {
    policies: { identity: [], session: [unlockQueue] },
    requests: [
      task("removes a queue policy", "sqs:SetQueueAttributes", queue, true),
      task("and does not send messages", "sqs:SendMessage", queue, false),
    ],
  },
  {
    policies: { identity: [], session: [createPassword] },
    requests: [
      task("allows password recovery", "iam:CreateLoginProfile", root().arn, true),
      task("of the root user alone", "iam:CreateLoginProfile", "arn:aws:iam::123456789012:user/alice", false),
      task("and creates no access key", "iam:CreateAccessKey", root().arn, false),
    ],
  },
];

const examples: readonly Example[] = [
  ...documentedExamples,
  ...tasks.map((example) => ({
    title: "Perform a privileged task on an AWS Organizations member account",
    page: "id_root-user-privileged-task",
    ...example,
  })),
];

describe("worked examples of AWS's documentation, by the evaluator and by the oracle", () => {
  for (const [title, ofPage] of Map.groupBy(examples, ({ title: name, page }) => `${name} (${page})`)) {
    describe(title, () => {
      for (const { policies, requests } of ofPage) {
        for (const request of requests) {
          it(`${request.says}: ${request.outcome}`, () => {
            const question = { request: requestOf(request), policies: { ...policies, ...request.policies } };
            expect(byEvaluator(question), "#iam").to.equal(request.outcome);
            expect(byOracle(question), "the oracle").to.equal(request.outcome);
          });
        }
      }
    });
  }

  it("are many", () => {
    expect(examples.flatMap(({ requests }) => requests)).to.have.length.greaterThan(150);
  });
});

function byEvaluator({ request, policies }: Question): Outcome {
  const decision = evaluate(request, applicable(policies));
  return decision.allowed ? "allowed" : `${decision.kind} deny: ${decision.policyType}`;
}

function byOracle(question: Question): Outcome {
  const verdict = judge(question);
  if (verdict.allowed) return "allowed";
  const [policyType, ...others] = verdict.policyTypes;
  if (policyType === undefined || others.length > 0) throw new Error("An example is denied by one kind of policy.");
  return `${verdict.kind} deny: ${policyType}`;
}
