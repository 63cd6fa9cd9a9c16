import type {
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  ObjectIdentifier,
} from "@aws-sdk/client-s3";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { bucketOf, objectRequirement } from "./bucket-access.ts";
import { malformedXml } from "./faults.ts";

const mostObjects = 1000;

/** Deleting what is not there succeeds. */
export const deleteObject: Operation<Decoded<DeleteObjectRequest>, DeleteObjectOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:DeleteObject", input, ["Bucket", "Key", "VersionId", "RequestPayer", "ExpectedBucketOwner"]);
    checkVersion(input.VersionId);
  },
  requires: (input, call) => {
    const action = input.VersionId === undefined ? "DeleteObject" : "DeleteObjectVersion";
    return [objectRequirement(bucketOf(input, call), input.Key, call, action)];
  },
  perform: (input, call) => {
    bucketOf(input, call).objects.delete(input.Key);
    return input.VersionId === undefined ? {} : { VersionId: input.VersionId };
  },
};

/** Authorised key by key: what is refused for one does not keep the others. */
export const deleteObjects: Operation<Decoded<DeleteObjectsRequest>, DeleteObjectsOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:DeleteObjects", input, [
      "Bucket",
      "Delete",
      "ChecksumAlgorithm",
      "RequestPayer",
      "ExpectedBucketOwner",
    ]);
    const objects = input.Delete.Objects ?? [];
    if (objects.length === 0 || objects.length > mostObjects) throw malformedXml();
    for (const object of objects) {
      if (object.Key === undefined) throw malformedXml();
      refuseUnmodelled("s3:DeleteObjects", object, ["Key", "VersionId"]);
      checkVersion(object.VersionId);
    }
  },
  requires: (input, call) => {
    bucketOf(input, call);
    return [];
  },
  perform: async (input, call) => {
    const results: DeletedOrNot[] = [];
    for (const object of input.Delete.Objects ?? []) results.push(await deleteOne(input.Bucket, object, call));
    const deleted = results.flatMap((result) => ("deleted" in result ? [result.deleted] : []));
    const errors = results.flatMap((result) => ("error" in result ? [result.error] : []));
    return {
      ...(input.Delete.Quiet || deleted.length === 0 ? {} : { Deleted: deleted }),
      ...(errors.length > 0 ? { Errors: errors } : {}),
    };
  },
};

type DeletedOrNot =
  | { readonly deleted: NonNullable<DeleteObjectsOutput["Deleted"]>[number] }
  | { readonly error: NonNullable<DeleteObjectsOutput["Errors"]>[number] };

async function deleteOne(bucket: string, { Key, VersionId }: ObjectIdentifier, call: Call): Promise<DeletedOrNot> {
  const named = { Key, ...(VersionId === undefined ? {} : { VersionId }) };
  try {
    await call.invoke("s3", "DeleteObject", { Bucket: bucket, ...named });
    return { deleted: named };
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    return { error: { ...named, Code: error.code, Message: error.message } };
  }
}

/** Objects of a bucket without versioning have the version id "null". */
function checkVersion(versionId: string | undefined): void {
  if (versionId !== undefined && versionId !== "null") throw notImplemented("Versions of S3 objects");
}
