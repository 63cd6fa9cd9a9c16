import { parsePolicy } from "./parse-policy.ts";
import type { PolicyDocument } from "./policy-document.ts";
import IAMAuditRootUserCredentials from "./task-policies/IAMAuditRootUserCredentials.json" with { type: "json" };
import IAMCreateRootUserPassword from "./task-policies/IAMCreateRootUserPassword.json" with { type: "json" };
import IAMDeleteRootUserCredentials from "./task-policies/IAMDeleteRootUserCredentials.json" with { type: "json" };
import S3UnlockBucketPolicy from "./task-policies/S3UnlockBucketPolicy.json" with { type: "json" };
import SQSUnlockQueuePolicy from "./task-policies/SQSUnlockQueuePolicy.json" with { type: "json" };

/** The privileged tasks that a root session can be limited to: AWS's five managed policies under `root-task/`. */
export const taskNames = [
  "IAMAuditRootUserCredentials",
  "IAMCreateRootUserPassword",
  "IAMDeleteRootUserCredentials",
  "S3UnlockBucketPolicy",
  "SQSUnlockQueuePolicy",
] as const;

export type TaskName = (typeof taskNames)[number];

/** The organization-wide switches of centralized root access. Neither implies the other. */
export type RootFeature = "RootCredentialsManagement" | "RootSessions";

const documents: Readonly<Record<TaskName, PolicyDocument>> = {
  IAMAuditRootUserCredentials: parsePolicy(IAMAuditRootUserCredentials, "identity"),
  IAMCreateRootUserPassword: parsePolicy(IAMCreateRootUserPassword, "identity"),
  IAMDeleteRootUserCredentials: parsePolicy(IAMDeleteRootUserCredentials, "identity"),
  S3UnlockBucketPolicy: parsePolicy(S3UnlockBucketPolicy, "identity"),
  SQSUnlockQueuePolicy: parsePolicy(SQSUnlockQueuePolicy, "identity"),
};

const arnPrefix = "arn:aws:iam::aws:policy/root-task/";

/** @example taskPolicyArn("S3UnlockBucketPolicy") // "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" */
export function taskPolicyArn(task: TaskName): string {
  return `${arnPrefix}${task}`;
}

/** @returns the task, or `undefined` when the ARN is not one of the five task policies */
export function parseTaskPolicyArn(arn: string): TaskName | undefined {
  return arn.startsWith(arnPrefix) ? parseTaskName(arn.slice(arnPrefix.length)) : undefined;
}

/** @returns the task, or `undefined` when `text` does not name one of the five, letter case included */
export function parseTaskName(text: string): TaskName | undefined {
  return taskNames.find((name) => name === text);
}

/** The managed policy that limits a session opened for `task`. All five consist of denies only. */
export function taskPolicyDocument(task: TaskName): PolicyDocument {
  return documents[task];
}

/** The feature that has to be enabled before a session for `task` can be opened (docs/aws-behaviour.md, section 1). */
export function featureFor(task: TaskName): RootFeature {
  return task === "S3UnlockBucketPolicy" || task === "SQSUnlockQueuePolicy"
    ? "RootSessions"
    : "RootCredentialsManagement";
}
