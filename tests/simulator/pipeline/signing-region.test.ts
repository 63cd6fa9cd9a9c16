import { AccountClient, DisableRegionCommand, EnableRegionCommand } from "@aws-sdk/client-account";
import { DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import { ListRootsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, AssumeRootCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess } from "../root-session.ts";

/** One read of each kind of service, and how it refuses another's Region and a key that it does not know. */
const calls: readonly (readonly [string, (settings: ClientSettings) => Promise<unknown>, string, string, boolean])[] = [
  [
    "sts",
    (s) => new STSClient(s).send(new GetCallerIdentityCommand()),
    "SignatureDoesNotMatch",
    "InvalidClientTokenId",
    false,
  ],
  [
    "sns",
    (s) => new SNSClient(s).send(new ListTopicsCommand()),
    "SignatureDoesNotMatch",
    "InvalidClientTokenId",
    false,
  ],
  [
    "sqs",
    (s) => new SQSClient(s).send(new ListQueuesCommand()),
    "InvalidSignatureException",
    "UnrecognizedClientException",
    false,
  ],
  [
    "kms",
    (s) => new KMSClient(s).send(new ListKeysCommand()),
    "InvalidSignatureException",
    "UnrecognizedClientException",
    false,
  ],
  ["ec2", (s) => new EC2Client(s).send(new DescribeRegionsCommand()), "SignatureDoesNotMatch", "AuthFailure", false],
  [
    "s3",
    (s) => new S3Client(s).send(new ListBucketsCommand()),
    "AuthorizationHeaderMalformed",
    "InvalidAccessKeyId",
    false,
  ],
  ["iam", (s) => new IAMClient(s).send(new ListUsersCommand()), "SignatureDoesNotMatch", "", true],
  [
    "organizations",
    (s) => new OrganizationsClient(s).send(new ListRootsCommand()),
    "InvalidSignatureException",
    "",
    true,
  ],
];

describe("section 9: the Region that a request is signed for", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 60_000 });
  });

  afterEach(() => sandbox.close());

  const region = "me-south-1";
  const identity = (account: AccountName): Promise<unknown> =>
    new STSClient(administrator(sandbox, account, region)).send(new GetCallerIdentityCommand());
  const open = (account: AccountName, RegionName: string): Promise<unknown> =>
    new AccountClient(administrator(sandbox, account)).send(new EnableRegionCommand({ RegionName }));

  for (const [service, call, wrongRegion, unknownKey, isGlobal] of calls) {
    it(`${service} refuses Regions that do not exist, other partitions' among them`, async () => {
      for (const nowhere of ["moon-north-1", "us-east-9", "us-gov-west-1", "cn-north-1"]) {
        const refusal = await refusalOf(call(administrator(sandbox, "management", nowhere)));
        expect(refusal, nowhere).to.include({ code: wrongRegion });
        expect(refusal.message, nowhere).to.match(
          /scoped to a valid region\.|'[\w-]+' is wrong; expecting 'us-east-1'/,
        );
      }
    });

    it(`${service} ${isGlobal ? "takes any Region that exists" : "knows nobody in a Region that the account has not enabled"}`, async () => {
      const request = call(administrator(sandbox, "management", region));
      if (isGlobal) await request;
      else expect(await refusalOf(request)).to.include({ code: unknownKey });
    });
  }

  it("opens once the opt-in has taken effect, for that account alone, and closes again", async () => {
    const unknown = { code: "InvalidClientTokenId", status: 403 };
    await open("orders", region);
    expect(await refusalOf(identity("orders"))).to.include(unknown);
    sandbox.clock.advance(60_000);
    expect(await identity("orders")).to.include({ Account: sandboxAccounts.orders });
    expect(await refusalOf(identity("payments"))).to.include(unknown);
    const close = new DisableRegionCommand({ RegionName: region });
    await new AccountClient(administrator(sandbox, "orders")).send(close);
    expect(await identity("orders")).to.include({ Account: sandboxAccounts.orders });
    sandbox.clock.advance(60_000);
    expect(await refusalOf(identity("orders"))).to.include(unknown);
  });

  it("has no sessions for accounts that have not enabled it", async () => {
    const { management, orders } = sandboxAccounts;
    await enableRootAccess(sandbox);
    await open("management", region);
    sandbox.clock.advance(60_000);
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: management }, Action: "sts:AssumeRole" },
    });
    const role = new CreateRoleCommand({ RoleName: "visitor", AssumeRolePolicyDocument });
    await new IAMClient(administrator(sandbox, "orders")).send(role);
    const RoleArn = `arn:aws:iam::${orders}:role/visitor`;
    const TaskPolicyArn = { arn: taskPolicyArn("S3UnlockBucketPolicy") };
    const sts = new STSClient(administrator(sandbox, "management", region));
    for (const session of [
      () => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "visit" })),
      () => sts.send(new AssumeRootCommand({ TargetPrincipal: orders, TaskPolicyArn })),
    ]) {
      expect(await refusalOf(session())).to.include({
        code: "RegionDisabledException",
        message: `STS is not activated in this region for account:${orders}. Your account administrator can activate STS in this region using the IAM Console.`,
        status: 403,
      });
    }
    await open("orders", region);
    sandbox.clock.advance(60_000);
    await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "visit" }));
    await sts.send(new AssumeRootCommand({ TargetPrincipal: orders, TaskPolicyArn }));
  });
});
