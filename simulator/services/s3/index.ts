import * as s3 from "@aws-sdk/client-s3";
import { restXml } from "../../wire/rest-xml.ts";
import { serviceModel } from "../../wire/service-model.ts";
import type { DenialStyle, Operations, Service } from "../service.ts";
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from "./bucket-policy.ts";
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from "./buckets.ts";
import { completeMultipartUpload } from "./complete-multipart-upload.ts";
import { createBucket } from "./create-bucket.ts";
import { deleteObject, deleteObjects } from "./delete-objects.ts";
import { missingRequestBody } from "./faults.ts";
import { freshBucketReads } from "./fresh-bucket.ts";
import { getObject, headObject } from "./get-object.ts";
import { listObjectVersions } from "./list-object-versions.ts";
import { listObjects, listObjectsV2 } from "./list-objects.ts";
import { listMultipartUploads, listParts } from "./list-uploads.ts";
import { abortMultipartUpload, createMultipartUpload, uploadPart } from "./multipart-upload.ts";
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from "./public-access-block.ts";
import { putObject } from "./put-object.ts";
import {
  deleteBucketTagging,
  deleteObjectTagging,
  getBucketTagging,
  getObjectTagging,
  putBucketTagging,
  putObjectTagging,
} from "./tagging.ts";

const operations: Operations<typeof s3> = {
  ...freshBucketReads,
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  DeleteObjectTagging: deleteObjectTagging,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketLocation: getBucketLocation,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketTagging: getBucketTagging,
  GetObject: getObject,
  GetObjectTagging: getObjectTagging,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  ListParts: listParts,
  PutBucketPolicy: putBucketPolicy,
  PutBucketTagging: putBucketTagging,
  PutObject: putObject,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: putPublicAccessBlock,
  UploadPart: uploadPart,
};

/** The ARN in quotes, and none for account-level actions (docs/aws-behaviour.md, section 5). */
const denial: DenialStyle = {
  code: "AccessDenied",
  status: 403,
  shape: "AccessDenied",
  actionText: (action) => action,
  resourceText: (resource) => (resource === "*" ? "" : `"${resource}"`),
};

const model = serviceModel(s3, new s3.S3Client({ region: "us-east-1" }).config.protocolSettings);

/** Amazon Simple Storage Service: general purpose buckets without versioning, their policies, and objects. */
export const simpleStorageService: Service = {
  name: "s3",
  signingNames: ["s3"],
  actionPrefix: "s3",
  eventSource: "s3.amazonaws.com",
  // What CloudTrail counts as data events, HeadBucket and the listings of a bucket's content included.
  dataOperations: new Set([
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CreateMultipartUpload",
    "DeleteObject",
    "DeleteObjects",
    "DeleteObjectTagging",
    "GetObject",
    "GetObjectTagging",
    "HeadBucket",
    "HeadObject",
    "ListMultipartUploads",
    "ListObjects",
    "ListObjectsV2",
    "ListObjectVersions",
    "ListParts",
    "PutObject",
    "PutObjectTagging",
    "UploadPart",
  ]),
  model,
  protocol: restXml(model),
  operations,
  denial,
  missingMembers: missingRequestBody,
};
