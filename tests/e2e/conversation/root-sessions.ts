import { type TaskName, taskNames, taskPolicyArn } from "#iam";
import type { Chapter, ExpectedRefusal, Step } from "./step.ts";

const target = "333333333333";

/** The sessions that later chapters act in are kept by the names of their tasks. */
export const rootSessions: Chapter = {
  title: "sections 1 and 2: AssumeRoot, refused and granted, one task each",
  steps: [
    refused("the other feature does not serve", "audit", "S3UnlockBucketPolicy", {
      code: "AccessDenied",
      message: "Root sessions feature is not enabled for your AWS Organization.",
      status: 403,
    }),
    {
      says: "the second feature",
      as: "management",
      call: "iam:EnableOrganizationsRootSessions",
      expects: { answer: { EnabledFeatures: ["RootCredentialsManagement", "RootSessions"] } },
    },
    refused("a member account may not", "payments", "S3UnlockBucketPolicy", notAuthorised(target, "444444444444")),
    refused(
      "the management account is no target",
      "audit",
      "S3UnlockBucketPolicy",
      notAuthorised("111111111111", "222222222222"),
      { TargetPrincipal: "111111111111" },
    ),
    refused(
      "901 seconds are too many",
      "audit",
      "S3UnlockBucketPolicy",
      invalid(
        "1 validation error detected: Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
      ),
      { DurationSeconds: 901 },
    ),
    refused(
      "a user is no target",
      "audit",
      "S3UnlockBucketPolicy",
      invalid("Request must contain a valid target principal"),
      { TargetPrincipal: `arn:aws:iam::${target}:user/administrator` },
    ),
    refused(
      "another policy is no task",
      "audit",
      "S3UnlockBucketPolicy",
      invalid("Request must contain valid AWS managed task policy ARN"),
      { TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ),
    ...taskNames.flatMap(granted),
  ],
};

function granted(task: TaskName): readonly Step[] {
  return [
    {
      says: `${task} from the delegate`,
      as: "audit",
      call: "sts:AssumeRoot",
      input: { TargetPrincipal: target, TaskPolicyArn: { arn: taskPolicyArn(task) }, DurationSeconds: 900 },
      expects: {
        answer: { Credentials: { AccessKeyId: /^ASIA/, SecretAccessKey: /./, SessionToken: /./, Expiration: /T/ } },
      },
      keeps: { [task]: "Credentials", [`${task}Key`]: "Credentials.AccessKeyId" },
    },
    {
      says: `${task} acts as the member's root`,
      as: task,
      call: "sts:GetCallerIdentity",
      expects: { answer: { Account: target, UserId: target, Arn: `arn:aws:iam::${target}:root` } },
    },
  ];
}

function refused(
  says: string,
  as: string,
  task: TaskName,
  refusal: ExpectedRefusal,
  input: NonNullable<Step["input"]> = {},
): Step {
  const usual = { TargetPrincipal: target, TaskPolicyArn: { arn: taskPolicyArn(task) } };
  return { says, as, call: "sts:AssumeRoot", input: { ...usual, ...input }, expects: { refusal } };
}

function notAuthorised(targetAccount: string, callerAccount: string): ExpectedRefusal {
  const message = `User: arn:aws:iam::${callerAccount}:user/administrator is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${targetAccount}:root`;
  return { code: "AccessDenied", message, status: 403 };
}

function invalid(message: string): ExpectedRefusal {
  return { code: "ValidationError", message, status: 400 };
}
