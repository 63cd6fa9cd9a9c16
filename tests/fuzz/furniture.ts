import type { SandboxOrganization } from "#simulator";
import { administrator, type AccountName } from "../simulator/clients.ts";
import { homeRegion, identityStoreId, instanceArn } from "../simulator/identity-center.ts";
import type { Conversation } from "./conversation.ts";
import type { Memory } from "./memory.ts";

const trust =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}}';

/** What stands around before the first random request, so that more of them meet something. */
const furniture: readonly (readonly [service: string, operation: string, input: object])[] = [
  [
    "s3",
    "CreateBucket",
    { Bucket: "fuzz-bucket", CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } },
  ],
  ["s3", "PutObject", { Bucket: "fuzz-bucket", Key: "fuzz/key", Body: new TextEncoder().encode("hello") }],
  ["s3", "CreateMultipartUpload", { Bucket: "fuzz-bucket", Key: "fuzz" }],
  ["sqs", "CreateQueue", { QueueName: "fuzz-queue" }],
  ["iam", "CreateUser", { UserName: "fuzz" }],
  ["iam", "CreateRole", { RoleName: "fuzz", AssumeRolePolicyDocument: trust }],
  ["kms", "CreateKey", {}],
  ["sns", "CreateTopic", { Name: "fuzz" }],
  ["events", "PutRule", { Name: "fuzz", EventPattern: '{"source":["aws.sts"]}' }],
];

const onceInTheOrganization: typeof furniture = [
  ["organizations", "DescribeOrganization", {}],
  ["organizations", "ListRoots", {}],
  ["organizations", "ListPolicies", { Filter: "SERVICE_CONTROL_POLICY" }],
  ["identitystore", "ListUsers", { IdentityStoreId: identityStoreId }],
  ["identitystore", "ListGroups", { IdentityStoreId: identityStoreId }],
  ["sso", "CreatePermissionSet", { InstanceArn: instanceArn, Name: "fuzz" }],
];

/** Makes it in the accounts whose administrators send random requests, and remembers what it is called. */
export async function furnish(speak: Conversation, sandbox: SandboxOrganization, known: Memory): Promise<void> {
  await make("orders", "ap-northeast-2", furniture);
  await make(
    "management",
    "ap-northeast-2",
    furniture.filter(([service]) => service !== "s3"),
  );
  await make("management", homeRegion, onceInTheOrganization);

  async function make(account: AccountName, region: string, pieces: typeof furniture): Promise<void> {
    const sender = administrator(sandbox, account, region);
    for (const [service, operation, input] of pieces.filter(([name]) => speak.knows(name))) {
      const { output, error } = await speak.send({ service, operation, input, sender });
      if (!output) throw new Error(`${service}:${operation} failed.`, { cause: error });
      known.learn(output);
    }
  }
}
