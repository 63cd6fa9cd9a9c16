import { expect } from "chai";
import {
  evaluate,
  featureFor,
  parseTaskName,
  parseTaskPolicyArn,
  type TaskName,
  taskNames,
  taskPolicyArn,
  taskPolicyDocument,
} from "#iam";
import { bucketArn, orders, payments, root, user } from "./sample-requests.ts";

const queueArn = `arn:aws:sqs:ap-northeast-2:${orders}:orders`;
const otherQueueArn = `arn:aws:sqs:ap-northeast-2:${payments}:payments`;
const context = {
  "aws:PrincipalArn": root.arn,
  "aws:PrincipalAccount": orders,
  "aws:ResourceAccount": orders,
  "aws:AssumedRoot": "true",
};

/** Why a root session for `task` may not do something; `undefined` when it may. */
function refusal(task: TaskName, action: string, resource: string, resourceAccount = orders): string | undefined {
  const decision = evaluate(
    {
      action,
      resource,
      principal: root,
      resourceAccountId: orders,
      context: { ...context, "aws:ResourceAccount": resourceAccount },
    },
    { identity: [], session: [{ name: taskPolicyArn(task), document: taskPolicyDocument(task) }] },
  );
  if (decision.allowed) return undefined;
  expect(decision).to.include({ kind: "explicit", policyType: "session policy", policy: taskPolicyArn(task) });
  return decision.statement;
}

interface TaskTable {
  readonly may: readonly (readonly [action: string, resource: string])[];
  readonly mayNot: readonly (readonly [action: string, resource: string])[];
}

const onRoot = (...actions: readonly string[]): readonly (readonly [string, string])[] =>
  actions.map((action) => [`iam:${action}`, root.arn]);

const tables: Readonly<Record<TaskName, TaskTable>> = {
  IAMAuditRootUserCredentials: {
    may: [
      ...onRoot("ListAccessKeys", "ListSigningCertificates", "GetLoginProfile", "ListMFADevices", "GetUser"),
      ...onRoot("GetAccessKeyLastUsed"),
      ["iam:GetAccountSummary", "*"],
    ],
    mayNot: [
      ...onRoot(
        "DeleteAccessKey",
        "DeleteLoginProfile",
        "CreateLoginProfile",
        "DeactivateMFADevice",
        "CreateAccessKey",
      ),
      ["iam:ListAccessKeys", user.arn],
      ["iam:ListUsers", "*"],
      ["s3:GetBucketPolicy", bucketArn],
    ],
  },
  IAMCreateRootUserPassword: {
    may: onRoot("CreateLoginProfile", "GetLoginProfile"),
    mayNot: [
      ...onRoot("DeleteLoginProfile", "UpdateLoginProfile", "ListAccessKeys", "GetUser"),
      ["iam:CreateLoginProfile", user.arn],
      ["iam:GetAccountSummary", "*"],
    ],
  },
  IAMDeleteRootUserCredentials: {
    may: [
      ...onRoot("DeleteAccessKey", "DeleteSigningCertificate", "DeleteLoginProfile", "DeactivateMFADevice"),
      ...onRoot("DeleteVirtualMFADevice", "ListAccessKeys", "ListSigningCertificates", "GetLoginProfile"),
      ...onRoot("ListMFADevices", "GetUser", "GetAccessKeyLastUsed"),
    ],
    mayNot: [
      ...onRoot("CreateAccessKey", "CreateLoginProfile", "UpdateAccessKey"),
      ["iam:GetAccountSummary", "*"],
      ["iam:DeleteAccessKey", user.arn],
      ["iam:DeleteVirtualMFADevice", `arn:aws:iam::${orders}:mfa/root`],
    ],
  },
  S3UnlockBucketPolicy: {
    may: [
      ["s3:GetBucketPolicy", bucketArn],
      ["s3:PutBucketPolicy", bucketArn],
      ["s3:DeleteBucketPolicy", bucketArn],
      ["s3:ListAllMyBuckets", "*"],
    ],
    mayNot: [
      ["s3:ListBucket", bucketArn],
      ["s3:GetBucketLocation", bucketArn],
      ["s3:GetObject", `${bucketArn}/key`],
      ["s3:DeleteBucket", bucketArn],
      ["sqs:SetQueueAttributes", queueArn],
    ],
  },
  SQSUnlockQueuePolicy: {
    may: [
      ["sqs:SetQueueAttributes", queueArn],
      ["sqs:GetQueueAttributes", queueArn],
      ["sqs:GetQueueUrl", queueArn],
      ["sqs:ListQueues", "*"],
    ],
    mayNot: [
      ["sqs:SendMessage", queueArn],
      ["sqs:ReceiveMessage", queueArn],
      ["sqs:DeleteQueue", queueArn],
      ["sqs:PurgeQueue", queueArn],
      ["s3:DeleteBucketPolicy", bucketArn],
    ],
  },
};

describe("task policies", () => {
  for (const task of taskNames) {
    it(`${task} leaves a root session its task and nothing else`, () => {
      for (const [action, resource] of tables[task].may) {
        expect(refusal(task, action, resource), `${action} on ${resource}`).to.equal(undefined);
      }
      for (const [action, resource] of tables[task].mayNot) {
        expect(refusal(task, action, resource), `${action} on ${resource}`).to.be.a("string");
      }
    });
  }

  it("say which of their statements denied", () => {
    expect(refusal("S3UnlockBucketPolicy", "s3:ListBucket", bucketArn)).to.equal("DenyAllOtherActionsOnAnyResource");
    expect(refusal("IAMCreateRootUserPassword", "iam:CreateLoginProfile", user.arn)).to.equal(
      "DenyCreatingPasswordOnNonRootUserResource",
    );
  });

  it("a session for queues reads the attributes of its own account's queues only", () => {
    const refused = refusal("SQSUnlockQueuePolicy", "sqs:GetQueueAttributes", otherQueueArn, payments);
    expect(refused).to.equal("DenyGettingQueueAttributesOnNonOwnQueue");
  });

  it("consist of denies only", () => {
    for (const task of taskNames) {
      const effects = taskPolicyDocument(task).statements.map(({ effect }) => effect);
      expect(new Set(effects), task).to.deep.equal(new Set(["Deny"]));
    }
  });

  it("deny S3 and SQS work to anybody but root", () => {
    const document = taskPolicyDocument("S3UnlockBucketPolicy");
    const decision = evaluate(
      {
        action: "s3:DeleteBucketPolicy",
        resource: bucketArn,
        principal: user,
        resourceAccountId: orders,
        context: { "aws:PrincipalArn": user.arn },
      },
      { identity: [{ name: "attached to a user", document }] },
    );
    expect(decision).to.include({ kind: "explicit", statement: "DenyManagingBucketPolicyForNonRootCallers" });
  });

  it("are found by name and ARN, and by nothing else", () => {
    for (const task of taskNames) {
      expect(taskPolicyArn(task)).to.equal(`arn:aws:iam::aws:policy/root-task/${task}`);
      expect(parseTaskPolicyArn(taskPolicyArn(task))).to.equal(task);
      expect(parseTaskName(task)).to.equal(task);
      expect(parseTaskName(task.toLowerCase())).to.equal(undefined);
    }
    expect(parseTaskPolicyArn("arn:aws:iam::aws:policy/AdministratorAccess")).to.equal(undefined);
    expect(parseTaskPolicyArn("arn:aws:iam::aws:policy/root-task/Nothing")).to.equal(undefined);
  });

  it("need the feature that AWS gates them with", () => {
    const needing = (feature: string): readonly TaskName[] => taskNames.filter((task) => featureFor(task) === feature);
    expect(needing("RootSessions")).to.have.members(["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"]);
    expect(needing("RootCredentialsManagement")).to.have.length(3);
  });
});
