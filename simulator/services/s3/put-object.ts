import { createHash } from "node:crypto";
import type { PutObjectOutput, PutObjectRequest } from "@aws-sdk/client-s3";
import { checksumAlgorithms } from "../../wire/checksums.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { bucketOf, objectRequirement } from "./bucket-access.ts";
import { checkUpload, descriptionOf, uploadMembers } from "./object-description.ts";
import { checkKey } from "./object-key.ts";
import { checkWriteConditions } from "./preconditions.ts";
import { checksumMembers, uploadedChecksum } from "./stored-checksum.ts";
import { readTagHeader } from "./tag-set.ts";

type Input = Decoded<PutObjectRequest>;

export const putObject: Operation<Input, PutObjectOutput> = {
  validate: (input) => {
    refuseUnmodelled("s3:PutObject", input, [
      "Bucket",
      "Key",
      "Body",
      "ContentLength",
      "ContentMD5",
      "ExpectedBucketOwner",
      "IfMatch",
      "IfNoneMatch",
      ...uploadMembers,
      ...checksumAlgorithms.map((name) => `Checksum${name}` as const),
    ]);
    checkKey(input.Key);
    checkUpload(input);
    readTagHeader(input.Tagging);
  },
  requires: (input, call) => {
    const bucket = bucketOf(input, call);
    const needsTagging = input.Tagging !== undefined && input.Tagging !== "";
    return ["PutObject", ...(needsTagging ? ["PutObjectTagging"] : [])].map((action) =>
      objectRequirement(bucket, input.Key, call, action),
    );
  },
  perform: async (input, call) => {
    const bucket = bucketOf(input, call);
    const { Key: key, Body: body = new Uint8Array() } = input;
    const checksum = await uploadedChecksum(input, body);
    checkWriteConditions(bucket.objects.get(key), input);
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    bucket.objects.set(key, {
      key,
      body,
      etag,
      description: descriptionOf(input),
      tags: readTagHeader(input.Tagging),
      modified: call.clock.now(),
      checksum,
    });
    return { ETag: etag, ServerSideEncryption: "AES256", ...checksumMembers(checksum) };
  },
};
