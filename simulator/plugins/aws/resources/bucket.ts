import {
  BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
  DeleteBucketTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { AwsCallFailed, failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { retryWhile, waits, waitUntil } from "../waiting.ts";
import { bucketConfiguration } from "./bucket-configuration.ts";
import { emptyBucket } from "./empty-bucket.ts";

const inputs = z.object({
  bucket: z.string().optional(),
  forceDestroy: z.boolean().default(false),
  tags: input.tags,
  region: input.region,
});

/** A general purpose bucket; of its inline configuration blocks the stand-in reads some and sets none. */
export const bucket = resourceType({
  token: "aws:s3/bucket:Bucket",
  inputs,
  replacedOn: ["bucket", "region"],
  localInputs: ["forceDestroy"],
  outputs: [
    "arn",
    "bucketDomainName",
    "bucketRegion",
    "bucketRegionalDomainName",
    "grants",
    "policy",
    "requestPayer",
    "serverSideEncryptionConfiguration",
    "versioning",
  ],
  autoName: { property: "bucket", maximumLength: 63, lowerCase: true },
  taggable: true,

  create: ({ bucket: name = "" }, place) =>
    describing(`creating S3 Bucket (${name})`, async () => {
      await createBucket(name, place);
      return { id: name };
    }),

  settle: async (id, { tags = {} }, { clients, region, signal }) => {
    const s3 = clients.s3(region);
    await describing(`waiting for S3 Bucket (${id}) create`, () =>
      waitUntil(`S3 Bucket (${id}) to appear: empty result`, waits.bucket, signal, async () =>
        (await findBucket(s3, id)) ? true : undefined,
      ),
    );
    if (Object.keys(tags).length > 0) await putTags(s3, id, tags);
  },

  read: (id, _state, { clients, region }) => readBucket(clients.s3(region), id, region),

  update: async (id, { new: { tags = {} }, changed }, { clients, region }) => {
    if (changed.has("tags")) await putTags(clients.s3(region), id, tags);
  },

  delete: (id, { forceDestroy = false }, place) =>
    describing(`deleting S3 Bucket (${id})`, () => deleteBucket(id, forceDestroy, place)),
});

async function createBucket(name: string, { clients, region, signal }: Place): Promise<void> {
  const s3 = clients.s3(region);
  // In us-east-1 creating one's own bucket again succeeds; upstream looks first.
  if (region === "us-east-1" && (await findBucket(s3, name))) throw new Error("BucketAlreadyExists");
  const command = new CreateBucketCommand({
    Bucket: name,
    ACL: "private",
    ...(region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: locationConstraint(region) } }),
  });
  await retryWhile(
    (error) => failedWith(error, "OperationAborted"),
    waits.bucket,
    signal,
    () => s3.send(command),
  );
}

function locationConstraint(region: string): BucketLocationConstraint {
  const constraint = Object.values(BucketLocationConstraint).find((known) => known === region);
  if (constraint === undefined) throw new Error(`S3 has no buckets in a Region ${region}`);
  return constraint;
}

/**
 * The trap (docs/aws-behaviour.md, section 5): HeadBucket answers 403 for a bucket under a deny-all policy, and upstream
 * takes that for "not found" as well.
 */
async function findBucket(s3: S3Client, name: string): Promise<{ readonly region: string | undefined } | undefined> {
  try {
    return { region: (await s3.send(new HeadBucketCommand({ Bucket: name }))).BucketRegion };
  } catch (error) {
    if (error instanceof AwsCallFailed && (error.status === 404 || error.status === 403)) return undefined;
    throw error;
  }
}

async function readBucket(s3: S3Client, name: string, region: string): Promise<PropertyBag | undefined> {
  const found = await findBucket(s3, name);
  if (!found) return undefined;
  return {
    bucket: name,
    arn: `arn:aws:s3:::${name}`,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegion: found.region ?? region,
    bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    ...(await bucketConfiguration(s3, name)),
  };
}

/** Upstream asks S3 Control for tags first and falls back to this; the sandbox has only this. */
function putTags(s3: S3Client, name: string, tags: Readonly<Record<string, string>>): Promise<unknown> {
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return describing(`updating tags for S3 Bucket (${name})`, () =>
    TagSet.length > 0
      ? s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet } }))
      : s3.send(new DeleteBucketTaggingCommand({ Bucket: name })),
  );
}

async function deleteBucket(name: string, forceDestroy: boolean, { clients, region, signal }: Place): Promise<void> {
  const s3 = clients.s3(region);
  try {
    await s3.send(new DeleteBucketCommand({ Bucket: name }));
  } catch (error) {
    if (failedWith(error, "NoSuchBucket")) return;
    if (!failedWith(error, "BucketNotEmpty") || !forceDestroy) throw error;
    await emptyBucket(s3, name);
    await s3.send(new DeleteBucketCommand({ Bucket: name }));
  }
  await waitUntil(`S3 Bucket (${name}) to be gone`, waits.bucket, signal, async () =>
    (await findBucket(s3, name)) ? undefined : true,
  );
}
