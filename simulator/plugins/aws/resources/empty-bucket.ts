import {
  type DeleteMarkerEntry,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type ObjectVersion,
  type S3Client,
} from "@aws-sdk/client-s3";

/** Deletes every object of a bucket, all versions and delete markers. */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<void> {
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(identifier);
    if (objects.length === 0) return;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects } }));
    const [failed] = Errors;
    if (failed)
      throw new Error(`deleting S3 object ${failed.Key ?? ""}: ${failed.Code ?? ""}: ${failed.Message ?? ""}`);
  }
}

function identifier({ Key, VersionId }: DeleteMarkerEntry | ObjectVersion): ObjectIdentifier {
  return { Key, ...(VersionId ? { VersionId } : {}) };
}
