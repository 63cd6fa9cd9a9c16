import { absent, type Chapter } from "./step.ts";

const Bucket = "orders-events";
const text = { Bucket, Key: "notes/first.txt" };
const large = { Bucket, Key: "large.txt" };
const upload = { ...large, UploadId: "{{upload}}" };
const firstPart = "0123456789abcdef".repeat((5 * 1024 * 1024) / 16);

/** Bodies as each client really sends them: with its own default checksums, whole or aws-chunked. */
export const objects: Chapter = {
  title: "S3: a bucket, bodies and a multipart upload",
  steps: [
    {
      says: "a bucket in the Region at hand",
      as: "orders",
      call: "s3:CreateBucket",
      input: { Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } },
      expects: { answer: {} },
    },
    {
      says: "the same bucket again",
      as: "orders",
      call: "s3:CreateBucket",
      input: { Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } },
      expects: {
        refusal: {
          code: "BucketAlreadyOwnedByYou",
          message: "Your previous request to create the named bucket succeeded and you already own it.",
          status: 409,
        },
      },
    },
    {
      says: "an object",
      as: "orders",
      call: "s3:PutObject",
      input: {
        ...text,
        Body: "what must not be lost, 잃어버리면 안 되는 것\n",
        ContentType: "text/plain",
        Metadata: { team: "orders" },
      },
      expects: { answer: { ETag: /^"[0-9a-f]{32}"$/ } },
    },
    {
      says: "an object of nothing",
      as: "orders",
      call: "s3:PutObject",
      input: { Bucket, Key: "empty", Body: "" },
      expects: { answer: { ETag: '"d41d8cd98f00b204e9800998ecf8427e"' } },
    },
    {
      says: "a digest that is not the body's",
      as: "orders",
      call: "s3:PutObject",
      input: { Bucket, Key: "torn", Body: "torn", ChecksumSHA256: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
      expects: {
        refusal: {
          code: "BadDigest",
          message: "The SHA256 you specified did not match the calculated checksum.",
          status: 400,
        },
      },
    },
    {
      says: "the object comes back",
      as: "orders",
      call: "s3:GetObject",
      input: text,
      expects: {
        answer: {
          Body: "what must not be lost, 잃어버리면 안 되는 것\n",
          ContentType: "text/plain",
          ContentLength: 54,
          Metadata: { team: "orders" },
        },
      },
    },
    {
      says: "a part of it",
      as: "orders",
      call: "s3:GetObject",
      input: { ...text, Range: "bytes=5-8" },
      expects: { answer: { Body: "must", ContentRange: "bytes 5-8/54", ContentLength: 4 } },
    },
    {
      says: "its head",
      as: "orders",
      call: "s3:HeadObject",
      input: text,
      expects: { answer: { ContentLength: 54, ContentType: "text/plain", Body: absent } },
    },
    {
      says: "no such object",
      as: "orders",
      call: "s3:GetObject",
      input: { Bucket, Key: "nowhere" },
      expects: { refusal: { code: "NoSuchKey", message: "The specified key does not exist.", status: 404 } },
    },
    {
      says: "no head of it either",
      as: "orders",
      call: "s3:HeadObject",
      input: { Bucket, Key: "nowhere" },
      expects: { refusal: { status: 404 } },
    },
    {
      says: "an upload in parts",
      as: "orders",
      call: "s3:CreateMultipartUpload",
      input: large,
      expects: { answer: { Bucket, Key: "large.txt", UploadId: /./ } },
      keeps: { upload: "UploadId" },
    },
    {
      says: "its first part, 5 MiB",
      as: "orders",
      call: "s3:UploadPart",
      input: { ...upload, PartNumber: 1, Body: firstPart },
      expects: { answer: { ETag: /^"[0-9a-f]{32}"$/ } },
      keeps: { first: "ETag" },
    },
    {
      says: "its last part, smaller",
      as: "orders",
      call: "s3:UploadPart",
      input: { ...upload, PartNumber: 2, Body: "the end" },
      expects: { answer: { ETag: /^"[0-9a-f]{32}"$/ } },
      keeps: { last: "ETag" },
    },
    {
      says: "parts in the wrong order",
      as: "orders",
      call: "s3:CompleteMultipartUpload",
      input: {
        ...upload,
        MultipartUpload: {
          Parts: [
            { PartNumber: 2, ETag: "{{last}}" },
            { PartNumber: 1, ETag: "{{first}}" },
          ],
        },
      },
      expects: { refusal: { code: "InvalidPartOrder", message: /order/, status: 400 } },
    },
    {
      says: "the upload is one object",
      as: "orders",
      call: "s3:CompleteMultipartUpload",
      input: {
        ...upload,
        MultipartUpload: {
          Parts: [
            { PartNumber: 1, ETag: "{{first}}" },
            { PartNumber: 2, ETag: "{{last}}" },
          ],
        },
      },
      expects: { answer: { Bucket, Key: "large.txt", ETag: /^"[0-9a-f]{32}-2"$/ } },
    },
    {
      says: "all of it comes back",
      as: "orders",
      call: "s3:GetObject",
      input: large,
      expects: { answer: { Body: `${firstPart}the end`, ContentLength: 5 * 1024 * 1024 + 7 } },
    },
    {
      says: "no such upload any more",
      as: "orders",
      call: "s3:AbortMultipartUpload",
      input: upload,
      expects: { refusal: { code: "NoSuchUpload", message: /^The specified upload does not exist\./, status: 404 } },
    },
    {
      says: "the objects by name, two a page",
      as: "orders",
      call: "s3:ListObjectsV2",
      input: { Bucket, MaxKeys: 2, Delimiter: "/" },
      expects: {
        answer: {
          Contents: [{ Key: "empty", Size: 0 }, { Key: "large.txt" }],
          IsTruncated: true,
          KeyCount: 2,
          NextContinuationToken: /./,
        },
      },
      keeps: { more: "NextContinuationToken" },
    },
    {
      says: "the next page of another list",
      as: "orders",
      call: "s3:ListObjectsV2",
      input: { Bucket, MaxKeys: 2, Prefix: "notes/", Delimiter: "/", ContinuationToken: "{{more}}" },
      expects: {
        refusal: { code: "InvalidArgument", message: "The continuation token provided is incorrect", status: 400 },
      },
    },
    {
      says: "the next page, by prefix",
      as: "orders",
      call: "s3:ListObjectsV2",
      input: { Bucket, MaxKeys: 2, Delimiter: "/", ContinuationToken: "{{more}}" },
      expects: { answer: { Contents: [], CommonPrefixes: [{ Prefix: "notes/" }], IsTruncated: false } },
    },
    {
      says: "two deleted at once",
      as: "orders",
      call: "s3:DeleteObjects",
      input: { Bucket, Delete: { Objects: [{ Key: "empty" }, { Key: "never-there" }] } },
      expects: { answer: { Deleted: [{ Key: "empty" }, { Key: "never-there" }], Errors: absent } },
    },
    {
      says: "a bucket with objects stays",
      as: "orders",
      call: "s3:DeleteBucket",
      input: { Bucket },
      expects: {
        refusal: { code: "BucketNotEmpty", message: "The bucket you tried to delete is not empty", status: 409 },
      },
    },
  ],
};
