import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { denyAllBucketPolicy, denyAllQueuePolicy, parseAccountId } from "#iam";
import { RootAccessError } from "#root-access";
import { type Drill, unlockCommand } from "./drill.ts";
import { bucketNameOf, queueNameOf } from "./names.ts";
import { digestOf, fixtureMessages, fixtureObjects } from "./fixtures.ts";
import { DrillName } from "./resources/drill-name.ts";
import { Lock } from "./resources/lock.ts";
import { Messages } from "./resources/messages.ts";
import { type DrillSettings, parseSettings } from "./settings.ts";

const { region, profile, breakGlassProfile } = readSettings();
const accountId = readAccountId((await aws.getCallerIdentity()).accountId);
const where = { region, profile };

/** Deleted after everything else: each resource depends on it by itself, since a refresh may drop the bucket in between. */
const drillResource = new DrillName("drill", where);
const { drillName } = drillResource;
const last = { dependsOn: [drillResource] };

const bucket = new aws.s3.Bucket("bucket", { bucket: drillName.apply(bucketNameOf), forceDestroy: true });
const objects = Object.entries(fixtureObjects).map(
  ([key, content]) => new aws.s3.BucketObjectv2(key, { bucket: bucket.bucket, key, content }, last),
);

const queue = new aws.sqs.Queue("queue", { name: drillName.apply(queueNameOf) });
const messages = new Messages("messages", { queueArn: queue.arn, ...where, bodies: fixtureMessages }, last);

const lockedBy = { accountId, ...where, breakGlassProfile };
const bucketLock = new Lock(
  "bucket-lock",
  { kind: "bucket", arn: bucket.arn, policy: bucket.bucket.apply(bucketLockPolicy), ...lockedBy },
  { dependsOn: [drillResource, bucket, ...objects] },
);
const queueLock = new Lock(
  "queue-lock",
  { kind: "queue", arn: queue.arn, policy: queue.arn.apply(queueLockPolicy), ...lockedBy },
  { dependsOn: [drillResource, queue, messages] },
);

/** What the verifier reads: see `Drill`. */
export const drill: pulumi.Output<Drill> = pulumi
  .all([drillName, bucket.bucket, queue.arn, messages.digests])
  .apply(([name, bucketName, queueArn, digests]) => ({
    name,
    accountId,
    region,
    ...(profile === undefined ? {} : { profile }),
    breakGlassProfile,
    bucket: { name: bucketName, objects: digestsOf(fixtureObjects) },
    queue: { arn: queueArn, messages: digests },
  }));

/** ARNs of what is locked, once it is. */
export const locked: pulumi.Output<string[]> = pulumi.all([bucketLock.id, queueLock.id]);

/** The commands that unlock it, one each. */
export const howToUnlock: pulumi.Output<string[]> = drill.apply((made) => [
  unlockCommand({ kind: "bucket", name: made.bucket.name }, made),
  unlockCommand({ kind: "queue", arn: made.queue.arn }, made),
]);

function readSettings(): DrillSettings {
  try {
    return parseSettings(pulumi.runtime.allConfig());
  } catch (error) {
    throw error instanceof RootAccessError ? new pulumi.RunError(error.message) : error;
  }
}

function readAccountId(text: string): Drill["accountId"] {
  const parsed = parseAccountId(text);
  if (parsed === undefined) throw new pulumi.RunError(`AWS gave "${text}" as the account id of aws:profile.`);
  return parsed;
}

function bucketLockPolicy(name: string): string {
  return JSON.stringify(denyAllBucketPolicy(name));
}

function queueLockPolicy(arn: string): string {
  return JSON.stringify(denyAllQueuePolicy(arn));
}

function digestsOf(contents: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(contents).map(([key, content]) => [key, digestOf(content)]));
}
