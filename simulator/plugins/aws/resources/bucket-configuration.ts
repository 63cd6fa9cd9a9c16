import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  type Grant,
  GetObjectLockConfigurationCommand,
  type S3Client,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";

/**
 * What surrounds a bucket, asked for piece by piece in upstream's order. What is not configured is left out; so is what
 * the other side does not offer. Any other error, AccessDenied above all, fails the read.
 */
export async function bucketConfiguration(s3: S3Client, bucket: string): Promise<PropertyBag> {
  const found: PropertyBag[] = [];
  for (const [part, read] of Object.entries(parts)) found.push(await readPart(bucket, part, () => read(s3, bucket)));
  return Object.assign({}, ...found) as PropertyBag;
}

type ReadPart = (s3: S3Client, bucket: string) => Promise<PropertyBag>;

/** Parts whose answer the stand-in has no property for are asked for all the same: their denial has to show. */
const parts: Readonly<Record<string, ReadPart>> = {
  policy: async (s3, Bucket) => ({ policy: (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? "" }),
  ACL: async (s3, Bucket) => ({ grants: grants((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants) }),
  "CORS configuration": discarding((s3, Bucket) => s3.send(new GetBucketCorsCommand({ Bucket }))),
  website: discarding((s3, Bucket) => s3.send(new GetBucketWebsiteCommand({ Bucket }))),
  versioning: async (s3, Bucket) => {
    const { Status, MFADelete } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    return { versioning: { enabled: Status === "Enabled", mfaDelete: MFADelete === "Enabled" } };
  },
  "accelerate configuration": discarding((s3, Bucket) =>
    s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket })),
  ),
  "request payment configuration": async (s3, Bucket) => ({
    requestPayer: (await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer ?? "BucketOwner",
  }),
  logging: discarding((s3, Bucket) => s3.send(new GetBucketLoggingCommand({ Bucket }))),
  "lifecycle configuration": discarding((s3, Bucket) =>
    s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  ),
  "replication configuration": discarding((s3, Bucket) => s3.send(new GetBucketReplicationCommand({ Bucket }))),
  "server-side encryption configuration": async (s3, Bucket) => {
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    return encryption(ServerSideEncryptionConfiguration?.Rules);
  },
  "object lock configuration": discarding((s3, Bucket) => s3.send(new GetObjectLockConfigurationCommand({ Bucket }))),
  tags: async (s3, Bucket) => {
    const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    const tags = Object.fromEntries(TagSet.map(({ Key = "", Value = "" }) => [Key, Value]));
    return { tags, tagsAll: tags };
  },
};

const notConfigured = [
  "NoSuchBucketPolicy",
  "NoSuchCORSConfiguration",
  "NoSuchWebsiteConfiguration",
  "NoSuchLifecycleConfiguration",
  "ReplicationConfigurationNotFoundError",
  "ServerSideEncryptionConfigurationNotFoundError",
  "ObjectLockConfigurationNotFoundError",
];
const notOffered = ["MethodNotAllowed", "NotImplemented", "UnsupportedOperation"];

async function readPart(bucket: string, part: string, read: () => Promise<PropertyBag>): Promise<PropertyBag> {
  try {
    return await read();
  } catch (error) {
    if (failedWith(error, ...notConfigured, ...notOffered)) return {};
    if (failedWith(error, "NoSuchTagSet")) return { tagsAll: {} };
    return describing(`reading S3 Bucket (${bucket}) ${part}`, () => Promise.reject(asError(error)));
  }
}

function discarding(read: (s3: S3Client, bucket: string) => Promise<unknown>): ReadPart {
  return async (s3, bucket) => {
    await read(s3, bucket);
    return {};
  };
}

function grants(list: readonly Grant[] = []): PropertyBag[] {
  return list.map(({ Grantee, Permission = "" }) => ({
    id: Grantee?.ID ?? "",
    type: Grantee?.Type ?? "",
    permissions: [Permission],
    uri: Grantee?.URI ?? "",
  }));
}

function encryption(rules: readonly ServerSideEncryptionRule[] = []): PropertyBag {
  const [rule] = rules;
  if (!rule) return {};
  const sseAlgorithm = rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "";
  return {
    serverSideEncryptionConfiguration: {
      rule: {
        applyServerSideEncryptionByDefault: { sseAlgorithm },
        bucketKeyEnabled: rule.BucketKeyEnabled ?? false,
      },
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
