import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { IAMClient } from "@aws-sdk/client-iam";
import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KMSClient } from "@aws-sdk/client-kms";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { SNSClient } from "@aws-sdk/client-sns";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { type Session, sandboxed } from "../session/session.ts";

/** The SDK clients of one provider instance; those of regional services by Region. */
export interface AwsClients {
  readonly iam: IAMClient;
  readonly organizations: OrganizationsClient;
  readonly s3: (region: string) => S3Client;
  readonly sqs: (region: string) => SQSClient;
  readonly sns: (region: string) => SNSClient;
  readonly eventBridge: (region: string) => EventBridgeClient;
  readonly kms: (region: string) => KMSClient;
  readonly ec2: (region: string) => EC2Client;
  readonly ssoAdmin: (region: string) => SSOAdminClient;
  readonly cloudControl: (region: string) => CloudControlClient;
  readonly identityStore: (region: string) => IdentitystoreClient;
  readonly tagging: (region: string) => ResourceGroupsTaggingAPIClient;
}

/** What a configured provider works with. */
export interface AwsConnection {
  readonly session: Session;
  readonly clients: AwsClients;
}

export function awsClients(session: Session, forcePathStyle: boolean): AwsClients {
  const configuration = session.clientConfiguration;
  return {
    iam: sandboxed(new IAMClient(configuration("iam"))),
    organizations: sandboxed(new OrganizationsClient(configuration("organizations"))),
    s3: byRegion((region) => sandboxed(new S3Client({ ...configuration("s3", region), forcePathStyle }))),
    // Like the Go SDK: to the endpoint, not to the host in the queue's URL (docs/aws-behaviour.md, section 11).
    sqs: byRegion((region) =>
      sandboxed(new SQSClient({ ...configuration("sqs", region), useQueueUrlAsEndpoint: false })),
    ),
    sns: byRegion((region) => sandboxed(new SNSClient(configuration("sns", region)))),
    eventBridge: byRegion((region) => sandboxed(new EventBridgeClient(configuration("eventbridge", region)))),
    kms: byRegion((region) => sandboxed(new KMSClient(configuration("kms", region)))),
    ec2: byRegion((region) => sandboxed(new EC2Client(configuration("ec2", region)))),
    ssoAdmin: byRegion((region) => sandboxed(new SSOAdminClient(configuration("ssoadmin", region)))),
    cloudControl: byRegion((region) => sandboxed(new CloudControlClient(configuration("cloudcontrol", region)))),
    identityStore: byRegion((region) => sandboxed(new IdentitystoreClient(configuration("identitystore", region)))),
    tagging: byRegion((region) =>
      sandboxed(new ResourceGroupsTaggingAPIClient(configuration("resourcegroupstaggingapi", region))),
    ),
  };
}

function byRegion<Client>(create: (region: string) => Client): (region: string) => Client {
  const clients = new Map<string, Client>();
  return (region) => {
    const client = clients.get(region) ?? create(region);
    clients.set(region, client);
    return client;
  };
}
