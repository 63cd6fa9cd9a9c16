import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { breakGlassPolicy, denyAllBucketPolicy, denyAllQueuePolicy } from "#iam";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const member = "333333333333";
const region = "ap-northeast-2";
const instanceArn = "arn:aws:sso:::instance/ssoins-7223000000000001";

/** The mission's own commands, typed into the real AWS CLI. Each block builds on the one before. */
describe("the real AWS CLI in the sandbox", function () {
  this.timeout(180_000);

  let sandbox: TestSandbox;

  before(async function () {
    sandbox = await openTestSandbox();
    const version = await sandbox.run("aws", ["--version"]).catch(() => undefined);
    if (version?.status !== 0) {
      process.stderr.write("    skipped: there is no AWS CLI here, and no Python to install one with\n");
      this.skip();
    }
  });

  after(async () => {
    await sandbox.close();
  });

  /** Words are separated by spaces; what holds spaces itself is given apart. */
  function aws(profile: string, words: string, ...more: readonly string[]): Promise<Ended> {
    return sandbox.run("aws", [...words.split(" "), ...more, "--profile", profile]);
  }

  async function text(profile: string, words: string, ...more: readonly string[]): Promise<string> {
    return expectStatus(await aws(profile, words, ...more, "--output", "text"), 0).stdout.trim();
  }

  async function refusal(profile: string, words: string, ...more: readonly string[]): Promise<string> {
    const ended = await aws(profile, words, ...more);
    // What AWS refuses ends with 255 in version 1 of the AWS CLI and with 254 in version 2.
    expect(ended.status, ended.stdout).to.be.oneOf([254, 255]);
    return ended.stderr.trim();
  }

  async function eventually(what: string, look: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await look())) {
      if (Date.now() > deadline) throw new Error(`${what} did not come true within 20 s`);
    }
  }

  const taskPolicy = (task: string): string => `arn=arn:aws:iam::aws:policy/root-task/${task}`;
  const assumeRoot = (task: string): string =>
    `sts assume-root --target-principal ${member} --task-policy-arn ${taskPolicy(task)} --duration-seconds 900`;

  /** Takes a root session and runs one more command with its three variables exported, as the guides do. */
  async function asRoot(task: string, words: string, ...more: readonly string[]): Promise<Ended> {
    const keys = await text(
      "break-glass",
      `${assumeRoot(task)} --query Credentials.[AccessKeyId,SecretAccessKey,SessionToken]`,
    );
    const [AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN = ""] = keys.split(/\s+/);
    const environment = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN };
    return sandbox.run("aws", [...words.split(" "), ...more], { environment });
  }

  describe("section 2: set-up", () => {
    it("refuses the features before trusted access, AssumeRoot before anything, break-glass before its assignment", async () => {
      expect(await refusal("management", "iam enable-organizations-root-sessions")).to.contain(
        "(ServiceAccessNotEnabledException) when calling the EnableOrganizationsRootSessions operation: Trusted Access for IAM not enabled by organization of input account ID.",
      );
      expect(await refusal("management", assumeRoot("S3UnlockBucketPolicy"))).to.contain(
        "(AccessDenied) when calling the AssumeRoot operation: Service not enabled for AWS Organizations.",
      );
      const early = await aws("break-glass", "sts get-caller-identity");
      expect(early.status).to.not.equal(0);
      expect(early.stderr).to.contain("BreakGlassAssumeRoot is not assigned to alice");
    });

    it("enables trusted access and each feature, each of which gates its own tasks", async () => {
      await text("management", "organizations enable-aws-service-access --service-principal iam.amazonaws.com");
      expect(await refusal("management", assumeRoot("S3UnlockBucketPolicy"))).to.contain(
        "Root sessions feature is not enabled for your AWS Organization.",
      );
      expect(await refusal("management", assumeRoot("IAMAuditRootUserCredentials"))).to.contain(
        "Root credentials management feature is not enabled for your AWS Organization.",
      );
      await text("management", "iam enable-organizations-root-credentials-management");
      expect(await text("management", "iam enable-organizations-root-sessions --query EnabledFeatures")).to.equal(
        "RootCredentialsManagement\tRootSessions",
      );
    });

    it("registers the delegated administrator, who alone may assume root beside the management account", async () => {
      expect(await refusal("audit", assumeRoot("S3UnlockBucketPolicy"))).to.match(
        /\(AccessDenied\).*User: arn:aws:iam::222222222222:user\/\S+ is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::333333333333:root$/m,
      );
      const service = "--service-principal iam.amazonaws.com";
      await text("management", `organizations register-delegated-administrator --account-id 222222222222 ${service}`);
      const listed = `organizations list-delegated-administrators ${service} --query DelegatedAdministrators[].Id`;
      expect(await text("management", listed)).to.equal("222222222222");
      expect(await text("audit", `${assumeRoot("S3UnlockBucketPolicy")} --query Credentials.AccessKeyId`)).to.match(
        /^ASIA/,
      );
    });

    it("makes the permission set and assigns it; alice then breaks the glass from the delegate", async () => {
      const inUsEast1 = `--region us-east-1 --instance-arn ${instanceArn}`;
      const set = await text(
        "management",
        `sso-admin create-permission-set ${inUsEast1} --name BreakGlassAssumeRoot --session-duration PT1H --query PermissionSet.PermissionSetArn`,
        "--description",
        "Break Glass - sts:AssumeRoot for emergency privileged access",
      );
      await text(
        "management",
        `sso-admin put-inline-policy-to-permission-set ${inUsEast1} --permission-set-arn ${set}`,
        "--inline-policy",
        JSON.stringify(breakGlassPolicy()),
      );
      const group = await text(
        "management",
        "identitystore list-groups --region us-east-1 --identity-store-id d-9067000001 --query Groups[?DisplayName=='break-glass-admins'].GroupId",
      );
      const request = await text(
        "management",
        `sso-admin create-account-assignment ${inUsEast1} --permission-set-arn ${set} --target-type AWS_ACCOUNT --target-id 222222222222 --principal-type GROUP --principal-id ${group} --query AccountAssignmentCreationStatus.RequestId`,
      );
      await eventually("the assignment", async () => {
        const status = `sso-admin describe-account-assignment-creation-status ${inUsEast1} --account-assignment-creation-request-id ${request} --query AccountAssignmentCreationStatus.Status`;
        return (await text("management", status)) === "SUCCEEDED";
      });
      expect(await text("break-glass", "sts get-caller-identity --query Arn")).to.match(
        /^arn:aws:sts::222222222222:assumed-role\/AWSReservedSSO_BreakGlassAssumeRoot_[0-9a-f]{16}\/alice$/,
      );
    });
  });

  describe("section 3: use", () => {
    it("refuses what AWS refuses, in AWS's words", async () => {
      const target = `sts assume-root --target-principal ${member} --task-policy-arn`;
      expect(await refusal("break-glass", `${target} arn=arn:aws:iam::aws:policy/AdministratorAccess`)).to.contain(
        "(ValidationError) when calling the AssumeRoot operation: Request must contain valid AWS managed task policy ARN",
      );
      const forgotten = await aws("break-glass", `${target} arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy`);
      expect(forgotten.status).to.be.oneOf([252, 255]);
      expect(forgotten.stderr).to.contain("Error parsing parameter '--task-policy-arn'");
    });

    it("shows the member's root to whoever exports the three variables", async () => {
      const ended = expectStatus(await asRoot("S3UnlockBucketPolicy", "sts get-caller-identity --output json"), 0);
      expect(JSON.parse(ended.stdout)).to.deep.equal({
        Account: member,
        UserId: member,
        Arn: `arn:aws:iam::${member}:root`,
      });
    });

    it("audits, deletes and allows recovery of root credentials", async () => {
      const audit = (words: string): Promise<Ended> => asRoot("IAMAuditRootUserCredentials", `${words} --output text`);
      expect(expectStatus(await audit("iam get-user --query User.[UserId,Arn]"), 0).stdout.trim()).to.equal(
        `${member}\tarn:aws:iam::${member}:root`,
      );
      const keys = expectStatus(await audit("iam list-access-keys --query AccessKeyMetadata[].AccessKeyId"), 0).stdout;
      expect(keys.trim().split(/\s+/)).to.have.length(2);
      expectStatus(await audit("iam get-login-profile"), 0);
      const [firstKey = ""] = keys.trim().split(/\s+/);
      expectStatus(await audit(`iam get-access-key-last-used --access-key-id ${firstKey}`), 0);
      const certificate = expectStatus(
        await audit("iam list-signing-certificates --query Certificates[].CertificateId"),
        0,
      ).stdout.trim();
      const device = expectStatus(
        await audit("iam list-mfa-devices --query MFADevices[].SerialNumber"),
        0,
      ).stdout.trim();
      expect((await audit("iam delete-login-profile")).stderr).to.match(
        /AccessDenied.*iam:DeleteLoginProfile.*explicit deny in a session policy/,
      );

      const remove = async (words: string): Promise<Ended> =>
        expectStatus(await asRoot("IAMDeleteRootUserCredentials", words), 0);
      for (const key of keys.trim().split(/\s+/)) await remove(`iam delete-access-key --access-key-id ${key}`);
      await remove(`iam delete-signing-certificate --certificate-id ${certificate}`);
      await remove("iam delete-login-profile");
      await remove(`iam deactivate-mfa-device --serial-number ${device}`);

      const recover = (words: string): Promise<Ended> => asRoot("IAMCreateRootUserPassword", words);
      expect((await recover("iam get-login-profile")).stderr).to.contain(
        "Login Profile for User null cannot be found.",
      );
      expectStatus(await recover("iam create-login-profile"), 0);
      expect((await recover("iam create-login-profile")).stderr).to.contain(
        `Login Profile for account ${member} already exists.`,
      );
    });
  });

  describe("section 4: drills", () => {
    it("S3: locks, denies everybody for the right reason, unlocks through the root session, recovers", async () => {
      const bucket = "orders-drill";
      await text("orders", `s3 mb s3://${bucket}`);
      const file = join(sandbox.folder, "object.txt");
      await writeFile(file, "what must not be lost\n");
      await text("orders", `s3 cp ${file} s3://${bucket}/object.txt`);
      await text(
        "orders",
        `s3api put-bucket-policy --bucket ${bucket}`,
        "--policy",
        JSON.stringify(denyAllBucketPolicy(bucket)),
      );

      const denied = (action: string): string =>
        `User: arn:aws:iam::${member}:user/administrator is not authorized to perform: ${action} on resource: "arn:aws:s3:::${bucket}" with an explicit deny in a resource-based policy`;
      expect(await refusal("orders", `s3api get-bucket-policy --bucket ${bucket}`)).to.contain(
        denied("s3:GetBucketPolicy"),
      );
      expect(await refusal("orders", `s3api delete-bucket-policy --bucket ${bucket}`)).to.contain(
        denied("s3:DeleteBucketPolicy"),
      );
      expect(await refusal("orders", `s3 ls s3://${bucket}`)).to.contain(denied("s3:ListBucket"));

      expectStatus(await asRoot("S3UnlockBucketPolicy", `s3api get-bucket-policy --bucket ${bucket}`), 0);
      const wrongTask = await asRoot("SQSUnlockQueuePolicy", `s3api delete-bucket-policy --bucket ${bucket}`);
      expect(wrongTask.stderr).to.contain("with an explicit deny in a session policy");
      const listing = await asRoot("S3UnlockBucketPolicy", `s3 ls s3://${bucket}`);
      expect(listing.stderr).to.contain("s3:ListBucket");
      const done = expectStatus(
        await asRoot("S3UnlockBucketPolicy", `s3api delete-bucket-policy --bucket ${bucket}`),
        0,
      );
      expect(done.stdout).to.equal("");

      expect(await text("orders", `s3 cp s3://${bucket}/object.txt -`)).to.equal("what must not be lost");
      expect(await refusal("orders", `s3api get-bucket-policy --bucket ${bucket}`)).to.contain("(NoSuchBucketPolicy)");
    });

    it("SQS: the same, with the propagation time in both directions", async () => {
      const url = await text("orders", "sqs create-queue --queue-name orders-drill --query QueueUrl");
      await text("orders", `sqs send-message --queue-url ${url} --message-body first`);
      const attributes = { Policy: JSON.stringify(denyAllQueuePolicy(`arn:aws:sqs:${region}:${member}:orders-drill`)) };
      await text("orders", `sqs set-queue-attributes --queue-url ${url}`, "--attributes", JSON.stringify(attributes));
      const send = `sqs send-message --queue-url ${url} --message-body second`;
      await eventually("the lock", async () => (await aws("orders", send)).status !== 0);
      const denied = (action: string): string =>
        `User: arn:aws:iam::${member}:user/administrator is not authorized to perform: ${action} on resource: arn:aws:sqs:${region}:${member}:orders-drill with an explicit deny in a resource-based policy`;
      expect(await refusal("orders", send)).to.contain(denied("sqs:sendmessage"));
      expect(await refusal("orders", `sqs get-queue-attributes --queue-url ${url} --attribute-names All`)).to.contain(
        denied("sqs:getqueueattributes"),
      );
      const empty = [`sqs set-queue-attributes --queue-url ${url}`, "--attributes", '{"Policy": ""}'] as const;
      expect(await refusal("orders", ...empty)).to.contain(denied("sqs:setqueueattributes"));
      expect(await text("orders", "sqs list-queues --query QueueUrls")).to.equal(url);

      expectStatus(await asRoot("SQSUnlockQueuePolicy", "sqs list-queues"), 0);
      expectStatus(
        await asRoot("SQSUnlockQueuePolicy", `sqs set-queue-attributes --queue-url ${url} --attributes Policy=`),
        0,
      );
      await eventually("the unlock", async () => (await aws("orders", send)).status === 0);
      expect(await text("orders", `sqs receive-message --queue-url ${url} --query Messages[0].Body`)).to.equal("first");
    });
  });

  it("says what the sandbox does not model, by name", async () => {
    expect((await aws("orders", "dynamodb list-tables")).stderr).to.contain('The service "dynamodb" is not modelled');
    expect(await refusal("orders", "iam list-groups")).to.contain(
      "iam:ListGroups is not modelled by the sandbox organization.",
    );
  });
});
