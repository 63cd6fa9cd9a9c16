import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { denyAllBucketPolicy, denyAllQueuePolicy } from "#iam";
import { expectStatus } from "../sandbox.ts";
import { type CliSandbox, eventually, member, openCliSandbox, region } from "./cli-sandbox.ts";

/** The two drills, typed: lock, prove the lock, unlock through a root session, prove that the account has its access back. */
describe("the real AWS CLI: drills", function () {
  this.timeout(60_000);

  let cli: CliSandbox;

  before(async function () {
    cli = await openCliSandbox(this, { configured: true });
  });

  after(() => cli.close());

  it("section 5: an S3 bucket locks, denies everybody for the right reason, unlocks through the root session, recovers", async () => {
    const bucket = "orders-drill";
    await cli.text("orders", `s3 mb s3://${bucket}`);
    const file = join(cli.folder, "object.txt");
    await writeFile(file, "what must not be lost\n");
    await cli.text("orders", `s3 cp ${file} s3://${bucket}/object.txt`);
    await cli.text(
      "orders",
      `s3api put-bucket-policy --bucket ${bucket}`,
      "--policy",
      JSON.stringify(denyAllBucketPolicy(bucket)),
    );

    const denied = (action: string): string =>
      `User: arn:aws:iam::${member}:user/administrator is not authorized to perform: ${action} on resource: "arn:aws:s3:::${bucket}" with an explicit deny in a resource-based policy`;
    expect(await cli.refusal("orders", `s3api get-bucket-policy --bucket ${bucket}`)).to.contain(
      denied("s3:GetBucketPolicy"),
    );
    expect(await cli.refusal("orders", `s3api delete-bucket-policy --bucket ${bucket}`)).to.contain(
      denied("s3:DeleteBucketPolicy"),
    );
    expect(await cli.refusal("orders", `s3 ls s3://${bucket}`)).to.contain(denied("s3:ListBucket"));

    expectStatus(await cli.asRoot("S3UnlockBucketPolicy", `s3api get-bucket-policy --bucket ${bucket}`), 0);
    const wrongTask = await cli.asRoot("SQSUnlockQueuePolicy", `s3api delete-bucket-policy --bucket ${bucket}`);
    expect(wrongTask.stderr).to.contain("with an explicit deny in a session policy");
    const listing = await cli.asRoot("S3UnlockBucketPolicy", `s3 ls s3://${bucket}`);
    expect(listing.stderr).to.contain("s3:ListBucket");
    const done = expectStatus(
      await cli.asRoot("S3UnlockBucketPolicy", `s3api delete-bucket-policy --bucket ${bucket}`),
      0,
    );
    expect(done.stdout).to.equal("");

    expect(await cli.text("orders", `s3 cp s3://${bucket}/object.txt -`)).to.equal("what must not be lost");
    expect(await cli.refusal("orders", `s3api get-bucket-policy --bucket ${bucket}`)).to.contain(
      "(NoSuchBucketPolicy)",
    );
  });

  it("section 6: an SQS queue does the same, with the propagation time in both directions", async () => {
    const url = await cli.text("orders", "sqs create-queue --queue-name orders-drill --query QueueUrl");
    await cli.text("orders", `sqs send-message --queue-url ${url} --message-body first`);
    const attributes = { Policy: JSON.stringify(denyAllQueuePolicy(`arn:aws:sqs:${region}:${member}:orders-drill`)) };
    await cli.text("orders", `sqs set-queue-attributes --queue-url ${url}`, "--attributes", JSON.stringify(attributes));
    const send = `sqs send-message --queue-url ${url} --message-body second`;
    await eventually("the lock", async () => (await cli.aws("orders", send)).status !== 0);
    const denied = (action: string): string =>
      `User: arn:aws:iam::${member}:user/administrator is not authorized to perform: ${action} on resource: arn:aws:sqs:${region}:${member}:orders-drill with an explicit deny in a resource-based policy`;
    expect(await cli.refusal("orders", send)).to.contain(denied("sqs:sendmessage"));
    expect(await cli.refusal("orders", `sqs get-queue-attributes --queue-url ${url} --attribute-names All`)).to.contain(
      denied("sqs:getqueueattributes"),
    );
    const empty = [`sqs set-queue-attributes --queue-url ${url}`, "--attributes", '{"Policy": ""}'] as const;
    expect(await cli.refusal("orders", ...empty)).to.contain(denied("sqs:setqueueattributes"));
    expect(await cli.text("orders", "sqs list-queues --query QueueUrls")).to.equal(url);

    expectStatus(await cli.asRoot("SQSUnlockQueuePolicy", "sqs list-queues"), 0);
    expectStatus(
      await cli.asRoot("SQSUnlockQueuePolicy", `sqs set-queue-attributes --queue-url ${url} --attributes Policy=`),
      0,
    );
    await eventually("the unlock", async () => (await cli.aws("orders", send)).status === 0);
    expect(await cli.text("orders", `sqs receive-message --queue-url ${url} --query Messages[0].Body`)).to.equal(
      "first",
    );
  });
});
