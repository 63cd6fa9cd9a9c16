import { CreateBucketCommand, GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRootCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { sandboxAccounts } from "#simulator";
import { signedRequest } from "./load/signed-request.ts";
import type { AwsServer } from "./servers/bench-server.ts";

/** An operation under measurement. */
export interface BenchOperation {
  readonly name: string;
  readonly inMoto: boolean;
  /**
   * Makes ready what the operation needs, and gives the signed request.
   *
   * @param round every round has a bucket or queue of its own, so that all rounds find the same
   */
  readonly request: (server: AwsServer, round: string) => Promise<Uint8Array>;
}

type MakesRequest = BenchOperation["request"];

const getCallerIdentity: MakesRequest = ({ settings }) =>
  signedRequest((requestHandler) =>
    new STSClient({ ...settings("management"), requestHandler }).send(new GetCallerIdentityCommand({})),
  );

const assumeRoot: MakesRequest = ({ settings }) => {
  const command = new AssumeRootCommand({
    TargetPrincipal: sandboxAccounts.orders,
    TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
  });
  return signedRequest((requestHandler) => new STSClient({ ...settings("management"), requestHandler }).send(command));
};

const getBucketPolicy: MakesRequest = async ({ settings }, round) => {
  const client = { ...settings("orders"), forcePathStyle: true };
  const Bucket = `bench-${round}`;
  const s3 = new S3Client(client);
  const CreateBucketConfiguration = { LocationConstraint: "ap-northeast-2" } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy(Bucket) }));
  return signedRequest((requestHandler) =>
    new S3Client({ ...client, requestHandler }).send(new GetBucketPolicyCommand({ Bucket })),
  );
};

const sendMessage: MakesRequest = async ({ settings }, round) => {
  const client = settings("orders");
  const { QueueUrl } = await new SQSClient(client).send(new CreateQueueCommand({ QueueName: `bench-${round}` }));
  const MessageBody = JSON.stringify({ order: "A-1001", state: "paid", items: [{ article: "B-7", count: 2 }] });
  return signedRequest((requestHandler) =>
    new SQSClient({ ...client, requestHandler }).send(new SendMessageCommand({ QueueUrl, MessageBody })),
  );
};

export const benchOperations: readonly BenchOperation[] = [
  { name: "sts:GetCallerIdentity", inMoto: true, request: getCallerIdentity },
  { name: "sts:AssumeRoot", inMoto: false, request: assumeRoot },
  { name: "s3:GetBucketPolicy", inMoto: true, request: getBucketPolicy },
  { name: "sqs:SendMessage", inMoto: true, request: sendMessage },
];

/** As a bucket has one in ordinary life: it asks for encrypted connections. */
function bucketPolicy(bucket: string): string {
  const arn = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EncryptedConnections",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
