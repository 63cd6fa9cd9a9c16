import type * as s3 from "@aws-sdk/client-s3";
import type { Bucket } from "../../state/s3.ts";
import type { Operations } from "../service.ts";
import { bucketOperation } from "./bucket-access.ts";
import { canonicalUser } from "./canonical-user.ts";
import { notConfigured } from "./faults.ts";

/**
 * What can be read of every bucket and set of none here: each answers as AWS does for a bucket that has just been made.
 * The official Pulumi provider reads all of them on every refresh.
 */
export const freshBucketReads = {
  GetBucketAccelerateConfiguration: bucketOperation("GetAccelerateConfiguration", ["RequestPayer"], () => ({})),
  GetBucketAcl: bucketOperation("GetBucketAcl", [], ({ accountId }) => {
    const owner = canonicalUser(accountId);
    return {
      Owner: owner,
      Grants: [{ Grantee: { Type: "CanonicalUser" as const, ...owner }, Permission: "FULL_CONTROL" as const }],
    };
  }),
  GetBucketCors: bucketOperation("GetBucketCORS", [], (bucket) =>
    missing("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket),
  ),
  GetBucketEncryption: bucketOperation("GetEncryptionConfiguration", [], () => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const }, BucketKeyEnabled: false }],
    },
  })),
  GetBucketLifecycleConfiguration: bucketOperation("GetLifecycleConfiguration", [], (bucket) =>
    missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket),
  ),
  GetBucketLogging: bucketOperation("GetBucketLogging", [], () => ({})),
  GetBucketNotificationConfiguration: bucketOperation("GetBucketNotification", [], () => ({})),
  GetBucketOwnershipControls: bucketOperation("GetBucketOwnershipControls", [], () => ({
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] },
  })),
  GetBucketReplication: bucketOperation("GetReplicationConfiguration", [], (bucket) =>
    missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found", bucket),
  ),
  GetBucketRequestPayment: bucketOperation("GetBucketRequestPayment", [], () => ({ Payer: "BucketOwner" as const })),
  GetBucketVersioning: bucketOperation("GetBucketVersioning", [], () => ({})),
  GetBucketWebsite: bucketOperation("GetBucketWebsite", [], (bucket) =>
    missing("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", bucket),
  ),
  GetObjectLockConfiguration: bucketOperation("GetBucketObjectLockConfiguration", [], (bucket) =>
    missing("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", bucket),
  ),
} satisfies Operations<typeof s3>;

function missing(code: string, message: string, { name }: Bucket): never {
  throw notConfigured(code, message, name);
}
