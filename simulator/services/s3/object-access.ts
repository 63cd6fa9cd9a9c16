import type { StoredObject } from "../../state/s3.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Operation, Requirement } from "../service.ts";
import { bucketOf, bucketRequirement, type NamesObject, objectRequirement } from "./bucket-access.ts";
import { noSuchKey } from "./faults.ts";

/**
 * An operation on an object that is there: authorised by its action on the object's ARN, under the bucket's policy.
 *
 * @param action without the prefix, `GetObject`
 * @param members of the input that the operation acts upon, beside bucket and key
 */
export function objectOperation<Input extends NamesObject, Output>(
  action: string,
  members: readonly (keyof Input & string)[],
  perform: (object: StoredObject, input: Input, call: Call) => Output,
): Operation<Input, Output> {
  return {
    validate: (input) => {
      refuseUnmodelled(`s3:${action}`, input, [...members, "Bucket", "Key", "ExpectedBucketOwner"]);
    },
    requires: (input, call) => existingObject(action, input, call),
    perform: (input, call) => {
      const object = bucketOf(input, call).objects.get(input.Key);
      if (!object) throw noSuchKey(input.Key);
      return perform(object, input, call);
    },
  };
}

/** Only those who may list the bucket are told that a key is missing; others are refused. */
function existingObject(action: string, input: NamesObject, call: Call): readonly Requirement[] {
  const bucket = bucketOf(input, call);
  const requirement = objectRequirement(bucket, input.Key, call, action);
  return bucket.objects.has(input.Key) ? [requirement] : [requirement, bucketRequirement(bucket, call, "ListBucket")];
}
