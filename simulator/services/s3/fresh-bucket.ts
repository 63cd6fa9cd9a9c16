import type { GetBucketAccelerateConfigurationRequest } from "@aws-sdk/client-s3";
import type { Bucket } from "../../state/s3.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOperation } from "./bucket-access.ts";
import { canonicalUser } from "./canonical-user.ts";
import { notConfigured } from "./faults.ts";

// What can be read of every bucket and set of none here: each answers as AWS does for a bucket that has just been made.
// The official Pulumi provider reads all of them on every refresh.

export const getBucketAccelerateConfiguration: Operation<
  Decoded<GetBucketAccelerateConfigurationRequest>,
  object
> = bucketOperation("GetAccelerateConfiguration", ["RequestPayer"], () => ({}));

export const getBucketAcl = bucketOperation("GetBucketAcl", [], ({ accountId }) => {
  const owner = canonicalUser(accountId);
  return {
    Owner: owner,
    Grants: [{ Grantee: { Type: "CanonicalUser" as const, ...owner }, Permission: "FULL_CONTROL" as const }],
  };
});

export const getBucketCors = bucketOperation("GetBucketCORS", [], (bucket) =>
  missing("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket),
);

export const getBucketEncryption = bucketOperation("GetEncryptionConfiguration", [], () => ({
  ServerSideEncryptionConfiguration: {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const }, BucketKeyEnabled: false }],
  },
}));

export const getBucketLifecycleConfiguration = bucketOperation("GetLifecycleConfiguration", [], (bucket) =>
  missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket),
);

export const getBucketLogging = bucketOperation("GetBucketLogging", [], () => ({}));

export const getBucketNotificationConfiguration = bucketOperation("GetBucketNotification", [], () => ({}));

export const getBucketOwnershipControls = bucketOperation("GetBucketOwnershipControls", [], () => ({
  OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] },
}));

export const getBucketReplication = bucketOperation("GetReplicationConfiguration", [], (bucket) =>
  missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found", bucket),
);

export const getBucketRequestPayment = bucketOperation("GetBucketRequestPayment", [], () => ({
  Payer: "BucketOwner" as const,
}));

export const getBucketVersioning = bucketOperation("GetBucketVersioning", [], () => ({}));

export const getBucketWebsite = bucketOperation("GetBucketWebsite", [], (bucket) =>
  missing("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", bucket),
);

export const getObjectLockConfiguration = bucketOperation("GetBucketObjectLockConfiguration", [], (bucket) =>
  missing("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", bucket),
);

function missing(code: string, message: string, { name }: Bucket): never {
  throw notConfigured(code, message, name);
}
