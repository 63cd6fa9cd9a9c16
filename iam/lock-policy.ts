import type { PolicyJson } from "./policy-json.ts";

/** The drill's lock for a bucket: denies every S3 action to everyone, the account's administrators included. */
export function denyAllBucketPolicy(bucket: string): PolicyJson {
  const arn = `arn:aws:s3:::${bucket}`;
  return denyAll("s3:*", [arn, `${arn}/*`]);
}

/** The drill's lock for a queue. */
export function denyAllQueuePolicy(queueArn: string): PolicyJson {
  return denyAll("SQS:*", queueArn);
}

function denyAll(action: string, resource: string | readonly string[]): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "DenyAll", Effect: "Deny", Principal: "*", Action: action, Resource: resource }],
  };
}
