import * as s3 from "@aws-sdk/client-s3";
import { restXml } from "../../wire/rest-xml.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { operationsOf } from "../operations-of.ts";
import type { DenialStyle, Service } from "../service.ts";
import * as operations from "./operations.ts";
import { missingRequestBody } from "./faults.ts";

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
  operations: operationsOf(s3, operations),
  denial,
  missingMembers: missingRequestBody,
};
