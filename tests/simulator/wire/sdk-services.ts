import * as account from "@aws-sdk/client-account";
import * as cloudControl from "@aws-sdk/client-cloudcontrol";
import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import * as ec2 from "@aws-sdk/client-ec2";
import * as eventBridge from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as identityStore from "@aws-sdk/client-identitystore";
import * as kms from "@aws-sdk/client-kms";
import * as organizations from "@aws-sdk/client-organizations";
import * as s3 from "@aws-sdk/client-s3";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import * as ssoAdmin from "@aws-sdk/client-sso-admin";
import * as sts from "@aws-sdk/client-sts";
import * as tagging from "@aws-sdk/client-resource-groups-tagging-api";
import type { HttpHandler } from "@smithy/core/protocols";
import type { Logger } from "@smithy/types";
import { awsJson } from "../../../simulator/wire/aws-json.ts";
import { awsQuery } from "../../../simulator/wire/aws-query.ts";
import { ec2Query } from "../../../simulator/wire/ec2-query.ts";
import { restJson } from "../../../simulator/wire/rest-json.ts";
import { restXml } from "../../../simulator/wire/rest-xml.ts";
import type { ProtocolSettings, ServiceModel } from "../../../simulator/wire/service-model.ts";
import type { Protocol } from "../../../simulator/wire/wire.ts";

/** A service as the SDK knows it, and our codec for it. */
export interface SdkService {
  readonly name: string;
  readonly module: object;
  readonly connect: (handler: HttpHandler) => SdkClient;
  readonly protocol: (model: ServiceModel) => Protocol;
}

export interface SdkClient {
  readonly config: { readonly protocolSettings: ProtocolSettings };
  send(command: unknown): Promise<object>;
  destroy(): void;
}

const json10 = (model: ServiceModel): Protocol => awsJson(model, "1.0");
const json11 = (model: ServiceModel): Protocol => awsJson(model, "1.1");

function settings(requestHandler: HttpHandler): {
  region: string;
  endpoint: string;
  maxAttempts: number;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: HttpHandler;
  logger: Logger;
} {
  return {
    region: "us-east-1",
    endpoint: "http://127.0.0.1:9",
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    requestHandler,
    logger: silent,
  };
}

/** Random inputs are what the clients warn of. */
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {
  // It is not a finding what a client thinks of an input.
}

export const sdkServices: readonly SdkService[] = [
  { name: "sts", module: sts, connect: (handler) => new sts.STSClient(settings(handler)), protocol: awsQuery },
  { name: "iam", module: iam, connect: (handler) => new iam.IAMClient(settings(handler)), protocol: awsQuery },
  {
    name: "organizations",
    module: organizations,
    connect: (handler) => new organizations.OrganizationsClient(settings(handler)),
    protocol: json11,
  },
  {
    name: "sso",
    module: ssoAdmin,
    connect: (handler) => new ssoAdmin.SSOAdminClient(settings(handler)),
    protocol: json11,
  },
  {
    name: "identitystore",
    module: identityStore,
    connect: (handler) => new identityStore.IdentitystoreClient(settings(handler)),
    protocol: json11,
  },
  {
    name: "cloudcontrol",
    module: cloudControl,
    connect: (handler) => new cloudControl.CloudControlClient(settings(handler)),
    protocol: json10,
  },
  {
    name: "cloudtrail",
    module: cloudTrail,
    connect: (handler) => new cloudTrail.CloudTrailClient(settings(handler)),
    protocol: json11,
  },
  {
    name: "events",
    module: eventBridge,
    connect: (handler) => new eventBridge.EventBridgeClient(settings(handler)),
    protocol: json11,
  },
  { name: "sns", module: sns, connect: (handler) => new sns.SNSClient(settings(handler)), protocol: awsQuery },
  { name: "kms", module: kms, connect: (handler) => new kms.KMSClient(settings(handler)), protocol: json11 },
  { name: "ec2", module: ec2, connect: (handler) => new ec2.EC2Client(settings(handler)), protocol: ec2Query },
  {
    name: "account",
    module: account,
    connect: (handler) => new account.AccountClient(settings(handler)),
    protocol: restJson,
  },
  {
    name: "tagging",
    module: tagging,
    connect: (handler) => new tagging.ResourceGroupsTaggingAPIClient(settings(handler)),
    protocol: json11,
  },
  { name: "sqs", module: sqs, connect: (handler) => new sqs.SQSClient(settings(handler)), protocol: json10 },
  {
    name: "s3",
    module: s3,
    connect: (handler) =>
      new s3.S3Client({ ...settings(handler), forcePathStyle: true, disableS3ExpressSessionAuth: true }),
    protocol: restXml,
  },
];
