import {
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { AwsCallFailed, failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";

const inputs = z.object({
  bucket: z.string(),
  key: z.string().optional(),
  content: z.string().optional(),
  contentBase64: z.base64().optional(),
  contentType: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  forceDestroy: z.boolean().default(false),
  tags: input.tags,
  region: input.region,
});

const uploadedOn = ["content", "contentBase64", "contentType", "metadata"];

/** An object. Its content is not read back: it is in the state only. */
export const bucketObject = resourceType({
  token: "aws:s3/bucketObjectv2:BucketObjectv2",
  inputs,
  replacedOn: ["bucket", "key", "region"],
  computedInputs: ["contentType"],
  localInputs: ["content", "contentBase64", "forceDestroy"],
  outputs: ["arn", "etag", "storageClass", "serverSideEncryption", "versionId"],
  autoName: { property: "key", maximumLength: 1024, plain: true },
  taggable: true,

  create: async (object, place) => {
    await upload(object, place);
    return { id: `${object.bucket}/${keyOf(object.key)}` };
  },

  read: (id, _state, { clients, region }) => readObject(clients.s3(region), parseId(id)),

  update: async (id, { new: object, changed }, place) => {
    const s3 = place.clients.s3(place.region);
    if (changed.has("tags")) await putTags(s3, parseId(id), object.tags ?? {});
    if (uploadedOn.some((name) => changed.has(name))) await upload(object, place);
  },

  delete: async (id, _state, { clients, region }) => {
    const { Bucket, Key } = parseId(id);
    await describing(`deleting S3 Bucket (${Bucket}) Object (${Key})`, async () => {
      try {
        await clients.s3(region).send(new DeleteObjectCommand({ Bucket, Key }));
      } catch (error) {
        if (!failedWith(error, "NoSuchBucket", "NoSuchKey")) throw error;
      }
    });
  },
});

interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
}

/** `bucket/key` or `s3://bucket/key`. */
function parseId(id: string): ObjectAddress {
  const [, Bucket, Key] = /^(?:s3:\/\/)?([^/]+)\/(.+)$/s.exec(id) ?? [];
  if (Bucket && Key) return { Bucket, Key };
  throw new Error(`unexpected format for ID (${id}), expected BUCKET/KEY or s3://BUCKET/KEY`);
}

/** Upstream drops what S3 would take for an empty first folder. */
function keyOf(key = ""): string {
  return key.replace(/^(\.?\/)+/, "");
}

function upload(object: z.output<typeof inputs>, { clients, region }: Place): Promise<unknown> {
  const Key = keyOf(object.key);
  const tagging = new URLSearchParams(object.tags ?? {}).toString();
  const command = new PutObjectCommand({
    Bucket: object.bucket,
    Key,
    Body: object.contentBase64 ? Buffer.from(object.contentBase64, "base64") : (object.content ?? ""),
    ContentType: object.contentType ?? "application/octet-stream",
    ...(object.metadata ? { Metadata: object.metadata } : {}),
    ...(tagging ? { Tagging: tagging } : {}),
  });
  return describing(`uploading S3 Object (${Key}) to Bucket (${object.bucket})`, () =>
    clients.s3(region).send(command),
  );
}

async function readObject(s3: S3Client, { Bucket, Key }: ObjectAddress): Promise<PropertyBag | undefined> {
  return describing(`reading S3 Object (${Key})`, async () => {
    const head = await headObject(s3, { Bucket, Key });
    if (!head) return undefined;
    const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    const tags = Object.fromEntries(TagSet.map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
    return { bucket: Bucket, key: Key, arn: `arn:aws:s3:::${Bucket}/${Key}`, ...head, tags, tagsAll: tags };
  });
}

/** Only 404 means gone; the 403 of a locked bucket is a failure. */
async function headObject(s3: S3Client, address: ObjectAddress): Promise<PropertyBag | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand(address));
    return {
      contentType: head.ContentType ?? "application/octet-stream",
      etag: (head.ETag ?? "").replaceAll('"', ""),
      metadata: head.Metadata ?? {},
      serverSideEncryption: head.ServerSideEncryption ?? "AES256",
      storageClass: head.StorageClass ?? "STANDARD",
      versionId: head.VersionId ?? "",
    };
  } catch (error) {
    if (error instanceof AwsCallFailed && error.status === 404) return undefined;
    throw error;
  }
}

function putTags(s3: S3Client, address: ObjectAddress, tags: Readonly<Record<string, string>>): Promise<unknown> {
  const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return describing(`updating tags for S3 Object (${address.Key})`, () =>
    TagSet.length > 0
      ? s3.send(new PutObjectTaggingCommand({ ...address, Tagging: { TagSet } }))
      : s3.send(new DeleteObjectTaggingCommand(address)),
  );
}
