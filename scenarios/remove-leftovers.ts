import type {
  _Error as S3Error,
  DeleteMarkerEntry,
  ObjectIdentifier,
  ObjectVersion,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  type AwsAccess,
  type BucketTarget,
  callAws,
  endedBy,
  type QueueTarget,
  RootAccessError,
  s3Client,
  sqsClient,
} from "#root-access";
import { isGone } from "./answers.ts";
import type { DrillParties } from "./drill.ts";
import type { Leftover } from "./leftovers.ts";
import { liftLock } from "./lift-lock.ts";

export interface RemoveLeftovers extends DrillParties {
  readonly leftovers: readonly Leftover[];
  /** Called when one is gone. */
  readonly onRemoved?: (leftover: Leftover) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletes what drills have left behind, with everything in it. A lock is lifted first, through AssumeRoot.
 *
 * @throws RootAccessError at the first one that cannot be removed; those before it are gone
 */
export async function removeLeftovers({ leftovers, onRemoved, signal, ...parties }: RemoveLeftovers): Promise<void> {
  for (const leftover of leftovers) {
    await unlessGone(async () => {
      if (leftover.locked) await liftLock(leftover.target, parties, signal);
      if (leftover.target.kind === "bucket") await removeBucket(parties.owner, leftover.target, signal);
      else await removeQueue(parties.owner, leftover.target, signal);
    });
    onRemoved?.(leftover);
  }
}

async function removeBucket(owner: AwsAccess, { name, region }: BucketTarget, signal?: AbortSignal): Promise<void> {
  const { DeleteBucketCommand } = await import("@aws-sdk/client-s3");
  const s3 = await s3Client(region === undefined ? owner : { ...owner, region });
  await callAws({ doing: `delete bucket ${name}` }, async () => {
    await emptyBucket(s3, name, signal);
    await s3.send(new DeleteBucketCommand({ Bucket: name }), endedBy(signal));
  });
}

async function emptyBucket(s3: S3Client, Bucket: string, signal?: AbortSignal): Promise<void> {
  const { DeleteObjectsCommand, ListObjectVersionsCommand } = await import("@aws-sdk/client-s3");
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket }), endedBy(signal));
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(identify);
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }), endedBy(signal));
    if (Errors.length > 0) throw notEmptied(Bucket, Errors);
  }
}

/** DeleteObjects succeeds as a call even where it deletes nothing. */
function notEmptied(bucket: string, errors: readonly S3Error[]): RootAccessError {
  const first = errors[0];
  return new RootAccessError({
    reason: first?.Code === "AccessDenied" ? "not-authorized" : "aws-failed",
    what: `${errors.length} object${errors.length === 1 ? "" : "s"} of bucket ${bucket} cannot be deleted; ${first?.Key ?? "one"}: ${first?.Message ?? first?.Code ?? "no reason given"}.`,
    next: "Remove what protects them, then run the clean-up again.",
  });
}

function identify({ Key, VersionId }: ObjectVersion | DeleteMarkerEntry): ObjectIdentifier {
  return { Key, ...(VersionId === undefined ? {} : { VersionId }) };
}

async function removeQueue(owner: AwsAccess, { name, url }: QueueTarget, signal?: AbortSignal): Promise<void> {
  const { DeleteQueueCommand } = await import("@aws-sdk/client-sqs");
  const sqs = await sqsClient(owner);
  await callAws({ doing: `delete queue ${name}` }, async () => {
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }), endedBy(signal));
  });
}

async function unlessGone(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
