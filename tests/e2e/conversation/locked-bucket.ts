import { denyAllBucketPolicy } from "#iam";
import type { Chapter, ExpectedRefusal } from "./step.ts";

const Bucket = "orders-events";
const object = { Bucket, Key: "notes/first.txt" };
const lock = JSON.stringify(denyAllBucketPolicy(Bucket));

/** Builds on the bucket of `objects` and on the root sessions. */
export const lockedBucket: Chapter = {
  title: "section 5: a locked bucket",
  steps: [
    {
      says: "no policy yet",
      as: "orders",
      call: "s3:GetBucketPolicy",
      input: { Bucket },
      expects: {
        refusal: { code: "NoSuchBucketPolicy", message: "The bucket policy does not exist", status: 404 },
      },
    },
    {
      says: "a policy that is none",
      as: "orders",
      call: "s3:PutBucketPolicy",
      input: { Bucket, Policy: "Deny all" },
      expects: { refusal: { code: "MalformedPolicy", message: /./, status: 400 } },
    },
    {
      says: "the lock",
      as: "orders",
      call: "s3:PutBucketPolicy",
      input: { Bucket, Policy: lock, ConfirmRemoveSelfBucketAccess: true },
      expects: { answer: {} },
    },
    {
      says: "the administrator may not read the policy",
      as: "orders",
      call: "s3:GetBucketPolicy",
      input: { Bucket },
      expects: { refusal: locked("s3:GetBucketPolicy", Bucket) },
    },
    {
      says: "nor delete it",
      as: "orders",
      call: "s3:DeleteBucketPolicy",
      input: { Bucket },
      expects: { refusal: locked("s3:DeleteBucketPolicy", Bucket) },
    },
    {
      says: "nor list objects",
      as: "orders",
      call: "s3:ListObjectsV2",
      input: { Bucket },
      expects: { refusal: locked("s3:ListBucket", Bucket) },
    },
    {
      says: "nor get one",
      as: "orders",
      call: "s3:GetObject",
      input: object,
      expects: { refusal: locked("s3:GetObject", `${Bucket}/${object.Key}`) },
    },
    {
      says: "nor put one",
      as: "orders",
      call: "s3:PutObject",
      input: { ...object, Body: "again" },
      expects: { refusal: locked("s3:PutObject", `${Bucket}/${object.Key}`) },
    },
    {
      says: "HEAD has no body",
      as: "orders",
      call: "s3:HeadBucket",
      input: { Bucket },
      expects: { refusal: { status: 403 } },
    },
    {
      says: "the bucket is listed all the same",
      as: "orders",
      call: "s3:ListBuckets",
      expects: { answer: { Buckets: [{ Name: Bucket }] } },
    },
    {
      says: "another task does not serve",
      as: "SQSUnlockQueuePolicy",
      call: "s3:DeleteBucketPolicy",
      input: { Bucket },
      expects: { refusal: outsideTheTask("s3:DeleteBucketPolicy") },
    },
    {
      says: "the task does not list objects",
      as: "S3UnlockBucketPolicy",
      call: "s3:ListObjectsV2",
      input: { Bucket },
      expects: {
        refusal: { code: "AccessDenied", message: /s3:ListBucket on resource: .* with an explicit deny/, status: 403 },
      },
    },
    {
      says: "the task lists buckets",
      as: "S3UnlockBucketPolicy",
      call: "s3:ListBuckets",
      expects: { answer: { Buckets: [{ Name: Bucket }] } },
    },
    {
      says: "root reads the policy",
      as: "S3UnlockBucketPolicy",
      call: "s3:GetBucketPolicy",
      input: { Bucket },
      expects: { answer: { Policy: lock } },
    },
    {
      says: "root deletes the policy",
      as: "S3UnlockBucketPolicy",
      call: "s3:DeleteBucketPolicy",
      input: { Bucket },
      expects: { answer: {} },
    },
    {
      says: "the object is there again",
      as: "orders",
      call: "s3:GetObject",
      input: object,
      expects: { answer: { Body: /^what must not be lost/ } },
    },
  ],
};

function locked(action: string, resource: string): ExpectedRefusal {
  return denied(action, resource, "user/administrator", "with an explicit deny in a resource-based policy");
}

function outsideTheTask(action: string): ExpectedRefusal {
  return denied(action, Bucket, "root", "with an explicit deny in a session policy");
}

function denied(action: string, resource: string, who: string, why: string): ExpectedRefusal {
  const message = `User: arn:aws:iam::333333333333:${who} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${resource}" ${why}`;
  return { code: "AccessDenied", message, status: 403 };
}
